import { describe, expect, test } from "vitest";
import type { SendOutcome } from "#lib/messenger/send-message.ts";
import { type AnsweredReply, endByEcho, endByHistory, endByPerson, endOfSend } from "./reply-ending.ts";

const sendingAt = new Date("2026-11-22T12:00:00Z");
const now = new Date("2026-11-22T12:00:02Z");
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);

const reply: AnsweredReply = { id: "r1", leaseNumber: 1, authorId: "u1", errorSubcode: null, sendingAt };
type Refused = Extract<SendOutcome, { outcome: "refused" }>;
const refused = (given: Pick<Refused, "class" | "word"> & Partial<Refused>): Refused => ({
  outcome: "refused",
  usage: null,
  code: 10,
  subcode: null,
  fbtraceId: "trace",
  retryAfterMs: null,
  step: "none",
  tries: null,
  ...given,
});
const error = { errorCode: 10, errorSubcode: null, fbtraceId: "trace" };
const fromSending = { from: ["sending"], isFenced: true };

describe("Meta accepted it", () => {
  const accepted: SendOutcome = { outcome: "accepted", mid: "m_1", usage: null };
  const data = { state: "sent", stateReason: null, mid: "m_1", settledAt: now, leaseUntil: null, personaId: null };

  test("and that is proof, whoever holds the lease by now", () => {
    expect(endOfSend(reply, accepted, now)).toEqual({
      move: { from: ["sending", "failed", "unknown"], isFenced: false, data },
      news: { lastOutboundAt: sendingAt, lastHumanReplyAt: sendingAt },
      isFileGone: false,
    });
  });

  test("under the name it was sent with, and answers nobody when a machine wrote it", () => {
    const automatic = endOfSend({ ...reply, authorId: null, personaId: "p1" }, accepted, now);
    expect(automatic.move.data).toEqual({ ...data, personaId: "p1" });
    expect(automatic.news).toEqual({ lastOutboundAt: sendingAt });
  });
});

describe("Meta was not asked, or did not say", () => {
  test("what surely did not leave waits five seconds in the queue, saying why", () => {
    const data = { state: "queued", sendAfter: later(5), leaseUntil: null };
    expect(endOfSend(reply, { outcome: "not-sent", usage: null }, now)).toEqual({
      move: { ...fromSending, data: { ...data, stateReason: "metaUnavailable" } },
      news: null,
      isFileGone: false,
    });
    const resting = endOfSend(reply, { outcome: "not-sent", reason: "paused" }, now);
    expect(resting.move.data).toEqual({ ...data, stateReason: "page_waits" });
  });

  test("what may have left is unknown, and never queued again", () => {
    const unclear = endOfSend(reply, { outcome: "unclear", reason: "timeout", usage: null }, now);
    expect(unclear).toEqual({
      move: {
        ...fromSending,
        data: { state: "unknown", stateReason: "unclear", settledAt: now, leaseUntil: null },
      },
      news: null,
      isFileGone: false,
    });
  });
});

describe("Meta refused it", () => {
  const queued = (stateReason: string, seconds: number) => ({
    state: "queued",
    stateReason,
    sendAfter: later(seconds),
    leaseUntil: null,
    ...error,
  });
  const ended = (given: Parameters<typeof refused>[0], of: Partial<AnsweredReply> = {}) =>
    endOfSend({ ...reply, ...of }, refused(given), now);

  test("for a limit: it waits half a minute", () => {
    expect(ended({ class: "throttled", word: "throttled" })).toEqual({
      move: { ...fromSending, data: queued("throttled", 30) },
      news: null,
      isFileGone: false,
    });
  });

  test("for the page's trouble: it waits for the page, a permission's for the check", () => {
    expect(ended({ class: "auth", word: "tokenInvalid" }).move.data).toEqual(queued("tokenInvalid", 0));
    expect(ended({ class: "policy", word: "pageRestricted" }, { leaseNumber: 9 }).move.data).toEqual(
      queued("pageRestricted", 0),
    );
    expect(ended({ class: "permission", word: "permissionMissing" }).move.data).toEqual(
      queued("permissionMissing", 60),
    );
  });

  test("for a permission that was found not to be missing: it failed", () => {
    expect(ended({ class: "permission", word: "permissionMissing" }, { leaseNumber: 2 }).move.data).toMatchObject({
      state: "failed",
      stateReason: "permissionMissing",
    });
  });

  test("for a file Meta has lost: it is uploaded once more, and once only", () => {
    const lost = { class: "input", word: "rejected", code: 100, subcode: 2018074 } as const;
    expect(ended(lost)).toEqual({
      move: {
        ...fromSending,
        data: {
          state: "queued",
          stateReason: null,
          leaseUntil: null,
          errorCode: 100,
          errorSubcode: 2018074,
          fbtraceId: "trace",
        },
      },
      news: null,
      isFileGone: true,
    });
    expect(ended(lost, { errorSubcode: 2018074 })).toMatchObject({
      move: { data: { state: "failed", stateReason: "rejected" } },
      isFileGone: false,
    });
    expect(ended({ class: "input", word: "rejected" })).toMatchObject({ isFileGone: false });
  });

  const failed = (stateReason: string) => ({
    move: { ...fromSending, data: { state: "failed", stateReason, settledAt: now, leaseUntil: null, ...error } },
    isFileGone: false,
  });

  test("for anything else: it failed, and tells nothing of the thread", () => {
    expect(ended({ class: "recipient", word: "personUnavailable" })).toEqual({
      ...failed("personUnavailable"),
      news: null,
    });
  });

  test("for the window: the thread knows since when it is closed", () => {
    expect(ended({ class: "window", word: "windowClosed" })).toEqual({
      ...failed("windowClosed"),
      news: { refusedAt: now },
    });
  });

  test.each([
    ["otherAppControls", "refused"],
    ["questionsRunning", "leadgen_asking"],
  ] as const)("for %s: the thread knows who does not hold it", (word, kind) => {
    const fact = { key: "send:r1:3", kind, source: "send_error", appId: null, at: now, isLeadHandover: false };
    expect(ended({ class: "thread", word }, { leaseNumber: 3 })).toEqual({ ...failed(word), news: { facts: [fact] } });
  });
});

describe("somebody knows better", () => {
  const data = { state: "sent", stateReason: null, mid: "m_1", settledAt: now, leaseUntil: null };

  test("its echo, even of one that went back into the queue", () => {
    expect(endByEcho("m_1", now)).toEqual({ from: ["sending", "failed", "unknown", "queued"], isFenced: false, data });
  });

  test("the history", () => {
    expect(endByHistory("m_1", now)).toEqual({ from: ["sending", "failed", "unknown"], isFenced: false, data });
  });

  test("a person, where it is unclear and nowhere else", () => {
    const said = { from: ["unknown"], isFenced: false };
    const rest = { settledAt: now, leaseUntil: null };
    expect(endByPerson(true, now)).toEqual({ ...said, data: { state: "sent", stateReason: null, ...rest } });
    expect(endByPerson(false, now)).toEqual({
      ...said,
      data: { state: "failed", stateReason: "not_arrived", ...rest },
    });
  });
});
