import { describe, expect, test } from "vitest";
import type { ThreadMessage } from "#lib/threads/thread-page.ts";
import { threadEntries } from "./thread-entries.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 10, minute));
const dayOf = (date: Date) => date.toISOString().slice(0, 10);

function message(id: string, minute: number, over: Partial<ThreadMessage> = {}): ThreadMessage {
  return {
    id,
    from: "person",
    authorName: null,
    text: id,
    attachments: [],
    earlierTexts: [],
    reaction: null,
    kind: "message",
    at: at(minute),
    isDeleted: false,
    isUnsupported: false,
    replyToId: null,
    reply: null,
    receipt: null,
    ...over,
  };
}

function lead(over: Partial<Parameters<typeof threadEntries>[0]> = {}): Parameters<typeof threadEntries>[0] {
  return {
    at: at(10),
    reason: null,
    answers: [],
    notes: [],
    siblings: [],
    thread: { messages: [], controlEvents: [], referrals: [], notices: [] },
    ...over,
  };
}

const toOurs = (minute: number) => {
  const change = { what: "changed", state: "ours", appId: "1", why: "told" } as const;
  return { key: String(minute), at: at(minute), ...change };
};
const keys = (value: ReturnType<typeof lead>) => threadEntries(value, dayOf).map((entry) => entry.key);

describe("threadEntries", () => {
  test("puts questions we only know from the answers at the lead's time", () => {
    const entries = keys(
      lead({
        answers: [{ question: "Own house?", answer: "Yes" }],
        thread: {
          messages: [message("later", 12), message("before", 8)],
          controlEvents: [],
          referrals: [],
          notices: [],
        },
      }),
    );
    expect(entries).toEqual(["day:2026-11-22", "before", "questions", "later"]);
  });

  test("puts the word that ended the questions behind them", () => {
    const thread = {
      messages: [message("before", 8), message("support", 10, { at: new Date(at(10).getTime() - 20_000) })],
      controlEvents: [],
      referrals: [],
      notices: [],
    };
    const answers = [{ question: "Own house?", answer: "Yes" }];
    const stopped = keys(lead({ reason: "stopped", answers, thread }));
    expect(stopped).toEqual(["day:2026-11-22", "before", "questions", "support"]);
  });

  test("does not tell a question twice when it stands in the thread", () => {
    const messages = [message("q", 8, { from: "leadgen", text: "Own  house?" }), message("a", 9, { text: "Yes " })];
    const answers = [
      { question: "Own house?", answer: "Yes" },
      { question: "Postcode?", answer: "70173" },
    ];
    const entries = threadEntries(
      lead({ answers, thread: { messages, controlEvents: [], referrals: [], notices: [] } }),
      dayOf,
    );
    expect(entries.find((entry) => entry.kind === "questions")).toMatchObject({ answers: [{ question: "Postcode?" }] });
  });

  test("puts the missing half of a pair beside the half that came as a message", () => {
    const messages = [
      message("a", 7, { text: "Yes" }),
      message("q", 8, { from: "leadgen", text: "Private?" }),
      message("b", 9),
    ];
    const answers = [
      { question: "Own house?", answer: "Yes" },
      { question: "Private?", answer: "Yes" },
    ];
    expect(keys(lead({ answers, thread: { messages, controlEvents: [], referrals: [], notices: [] } }))).toEqual([
      "day:2026-11-22",
      "question:0",
      "a",
      "q",
      "answer:1",
      "b",
    ]);
  });

  test("puts what nobody saw where the asking began", () => {
    const messages = [message("q", 5, { from: "leadgen", text: "Postcode?" }), message("a", 6, { text: "70173" })];
    const answers = [
      { question: "Own house?", answer: "Yes" },
      { question: "Postcode?", answer: "70173" },
    ];
    const entries = keys(lead({ answers, thread: { messages, controlEvents: [], referrals: [], notices: [] } }));
    expect(entries).toEqual(["day:2026-11-22", "questions", "q", "a"]);
  });

  test("tells changes of control in order of time", () => {
    const controlEvents = [toOurs(14), toOurs(11)];
    const entries = threadEntries(lead({ thread: { messages: [], controlEvents, referrals: [], notices: [] } }), dayOf);
    expect(entries.filter((entry) => entry.kind === "control").map((entry) => entry.at)).toEqual([at(11), at(14)]);
  });

  test("joins one author's messages, but not over a line between them", () => {
    const controlEvents = [toOurs(2)];
    const messages = [message("a", 0), message("b", 1), message("c", 3), message("d", 3, { from: "agent" })];
    const continued = threadEntries(lead({ thread: { messages, controlEvents, referrals: [], notices: [] } }), dayOf)
      .filter((entry) => entry.kind === "message")
      .map((entry) => entry.isContinued);
    expect(continued).toEqual([false, true, false, false]);
  });

  test("leaves out a reply that was taken back", () => {
    const reply = {
      id: "1",
      authorId: "",
      intentId: "1",
      part: 0,
      state: "cancelled" as const,
      reason: null,
      leavesInMs: 0,
      errorCode: null,
      errorSubcode: null,
    };
    expect(
      keys(
        lead({
          thread: {
            messages: [message("reply:1", 1, { from: "agent", reply })],
            controlEvents: [],
            referrals: [],
            notices: [],
          },
        }),
      ),
    ).toEqual([]);
  });

  test("takes a question that nobody is named for as an automatic one", () => {
    const messages = [
      message("q", 5, { from: "page", text: "Own  house?" }),
      message("hello", 12, { from: "page", text: "Hello" }),
    ];
    const answers = [{ question: "Own house?", answer: "Yes" }];
    const thread = { messages, controlEvents: [], referrals: [], notices: [] };
    const from = threadEntries(lead({ answers, thread }), dayOf).flatMap((entry) =>
      entry.kind === "message" ? [entry.message.from] : [],
    );
    expect(from).toEqual(["leadgen", "page"]);
  });

  test("leaves Meta's own labels to the facts", () => {
    const label = (name: string) =>
      ({ kind: "label", key: name, at: at(1), data: { name, isRemoval: false } }) as const;
    const thread = { messages: [], controlEvents: [], referrals: [], notices: [label("Lead Complete"), label("VIP")] };
    expect(keys(lead({ thread }))).toEqual(["day:2026-11-22", "notice:VIP"]);
  });

  test("starts each day with a line", () => {
    const messages = [message("a", 0), message("b", 24 * 60)];
    expect(keys(lead({ thread: { messages, controlEvents: [], referrals: [], notices: [] } }))).toEqual([
      "day:2026-11-22",
      "a",
      "day:2026-11-23",
      "b",
    ]);
  });
});
