import { describe, expect, test } from "vitest";
import { type History, historyBody, readHistory } from "./read-history.ts";

const pageId = "104411223344556";
const psid = "7719004412345678";
const askedAt = "2026-11-20T10:30:00.000Z";

const said = (mid: string, at: string | null, fromId: string, text: string | null) => ({
  ...{ mid, at, fromId, text, replyToMid: null },
  attachments: [],
});
const history = (more: Partial<History>): History => ({
  ...{ pageId, psid, platform: "page", askedAt, conversationId: "t_1", name: null },
  ...{ isOurs: null, isRead: true, messages: [], labels: null, owner: null, ...more },
});
const read = (more: Partial<History>) => readHistory(historyBody(history(more))) ?? [];

describe("a kept history", () => {
  test("becomes messages and echoes, the oldest first, under keys of their own", () => {
    const second = "2026-11-20T10:05:17.000Z";
    const events = read({ messages: [said("m3", second, pageId, "Postcode?"), said("m2", second, psid, "Yes")] });
    expect(events.map(({ kind, at, key, channel }) => [kind, at.toISOString(), key, channel])).toEqual([
      ["conversation", askedAt, `conversation:${psid}:${Date.parse(askedAt)}`, "history"],
      ["message", second, "message:history:m2", "history"],
      ["echo", "2026-11-20T10:05:17.001Z", "echo:history:m3", "history"],
    ]);
  });

  test("leaves out what shows no time, and takes a summary for what it is", () => {
    const text = "Lead summary:\nPostcode?: 70173";
    const events = read({ messages: [said("m2", askedAt, psid, text), said("m1", null, psid, "Yes")] });
    expect(events.map(({ kind, key }) => [kind, key]).slice(1)).toEqual([["lead_summary", "lead_summary:m2"]]);
  });

  test("tells labels and who holds the thread as of when we asked", () => {
    const events = read({ labels: ["Lead Complete"], owner: { told: null }, isOurs: true });
    expect(events).toMatchObject([
      { kind: "conversation", isOurs: true },
      { kind: "label", name: "Lead Complete", isRemoval: false, at: new Date(askedAt) },
      { kind: "thread_owner", owner: null },
    ]);
  });

  test("tells who wrote what, whole", () => {
    const photo = { type: "image", url: "https://scontent.example/roof.jpg", title: null };
    const asked = { ...said("m1", askedAt, pageId, "Postcode?"), replyToMid: "m0", attachments: [photo] };
    const answered = { ...said("m2", askedAt, psid, null), replyToMid: "m1", attachments: [photo] };
    const base = { pageId, psid, platform: "page", channel: "history" };
    const nothing = { adId: null, adTitle: null, cameBy: null };
    const [, echo, message] = read({ messages: [answered, asked] });
    expect(echo).toEqual({
      ...base,
      kind: "echo",
      position: 1,
      at: new Date(askedAt),
      key: "echo:history:m1",
      mid: "m1",
      text: "Postcode?",
      attachments: [{ ...photo, stickerId: null }],
      replyToMid: "m0",
      appId: null,
      metadata: null,
      isDeleted: false,
    });
    expect(message).toEqual({
      ...base,
      ...nothing,
      kind: "message",
      position: 2,
      at: new Date("2026-11-20T10:30:00.001Z"),
      key: "message:history:m2",
      mid: "m2",
      text: null,
      attachments: [{ ...photo, stickerId: null }],
      quickReply: null,
      replyToMid: "m1",
      isDeleted: false,
      isUnsupported: false,
    });
  });

  test("of a person takes only theirs for theirs", () => {
    const third = read({ messages: [said("m1", askedAt, "999", "Hello")] });
    expect(third.map(({ kind }) => kind)).toEqual(["conversation", "echo"]);
    const heading = read({ messages: [said("m1", askedAt, pageId, "Lead summary:\nPostcode?: 1")] });
    expect(heading.map(({ kind }) => kind)).toEqual(["conversation", "echo"]);
    for (const text of ["Lead summary: no", "My Lead summary:\nx", "lead summary:\nx"]) {
      expect(read({ messages: [said("m1", askedAt, psid, text)] }).map(({ kind }) => kind)).toEqual([
        "conversation",
        "message",
      ]);
    }
  });

  test("keeps the order of what was said within one second, for a thousand of them", () => {
    const count = 1_002;
    const messages = Array.from({ length: count }, (_, index) => said(`m${count - index}`, askedAt, psid, "x"));
    const asOf = new Date("2026-11-20T11:00:00.000Z").toISOString();
    const dated = read({ messages, askedAt: asOf }).slice(1);
    const from = Date.parse(askedAt);
    expect(dated.map(({ at }) => at.getTime() - from)).toEqual(
      Array.from({ length: count }, (_, index) => Math.min(index, 999)),
    );
    expect(dated[0]).toMatchObject({ mid: "m1" });
    const two = read({ messages: [said("b", "2026-11-20T10:05:18.000Z", psid, "x"), said("a", askedAt, psid, "x")] });
    expect(two.slice(1).map((event) => "mid" in event && event.mid)).toEqual(["b", "a"]);
  });

  test("was true no later than we asked, as far as the two clocks can be compared", () => {
    const at = (time: string) => read({ messages: [said("m1", time, psid, "x")] })[1]?.at.toISOString();
    expect(at("2026-11-20T10:35:00.000Z")).toBe("2026-11-20T10:35:00.000Z");
    expect(at("2026-11-20T10:35:01.000Z")).toBe(askedAt);
  });

  test("names who holds the thread, and until when, as far as Meta says", () => {
    const told = (owner: { appId: string | null; expiresAt: string | null }) =>
      read({ owner: { told: owner } }).flatMap((event) => (event.kind === "thread_owner" ? [event.owner] : []));
    expect(told({ appId: "5", expiresAt: askedAt })).toEqual([{ appId: "5", expiresAt: new Date(askedAt) }]);
    expect(told({ appId: null, expiresAt: null })).toEqual([{ appId: null, expiresAt: null }]);
    expect(read({ owner: { told: null } })[1]).toMatchObject({
      key: `thread_owner:${psid}:${Date.parse(askedAt)}`,
      at: new Date(askedAt),
      position: 1,
    });
  });

  test("keys its labels by the moment we asked", () => {
    expect(read({ labels: ["hot"] })[1]).toMatchObject({
      kind: "label",
      key: `label:history:${psid}:hot:2026-11-20T10%3A30%3A00.000Z`,
    });
  });

  test("that is none reads as null", () => {
    for (const odd of [{ pageId: "" }, { psid: "" }, { askedAt: "yesterday" }, { labels: [""] }]) {
      expect(readHistory(historyBody({ ...history({}), ...odd }))).toBeNull();
    }
    expect(readHistory(new TextEncoder().encode('{"object":"page","entry":[]}'))).toBeNull();
    expect(readHistory(new TextEncoder().encode("{"))).toBeNull();
  });
});
