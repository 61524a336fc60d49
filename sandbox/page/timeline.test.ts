import { describe, expect, test } from "vitest";
import type { Author, Flow, Message } from "../world.ts";
import type { FlowView, ThreadView } from "../world-views.ts";
import { timeline } from "./timeline.js";

const START = Date.UTC(2026, 10, 20, 9);
const MINUTE = 60_000;

function message(from: Author, minute: number, mid = `${from}${minute}`): Message {
  const at = START + minute * MINUTE;
  const fate = { reaction: null, edits: [], isUnsent: false };
  const rest = { attachments: [], quickReplies: [], metadata: null, replyToMid: null, deliveredAt: null, readAt: null };
  return { mid, from, text: mid, at, ...rest, ...fate };
}

function flow(change: Partial<Flow>): FlowView {
  const ran: Flow = {
    adId: "120231004567890101",
    state: "running",
    ending: null,
    step: 0,
    answers: [],
    startedAt: START,
    remindedAt: null,
    lastAnswerAt: null,
    endedAt: null,
  };
  return {
    ...ran,
    ...change,
    adTitle: "",
    total: 1,
    question: null,
    input: null,
    choices: [],
    suggestion: null,
    allowsSkip: false,
  };
}

function thread(messages: Message[], latest: FlowView | null = null): ThreadView {
  return {
    pageId: "1",
    platform: "messenger",
    hasBlocked: false,
    isDeleted: false,
    labels: [],
    psid: "2",
    pageName: "Page",
    name: "Person",
    messages,
    quickReplies: [],
    flow: latest,
    pastFlows: [],
    control: { name: "idle", appId: null, since: null, until: null, requestedBy: null },
    signs: { typingUntil: null, personaId: null, seenAt: null },
    pageReactions: {},
    personas: {},
    optIns: [],
    windowEndsAt: null,
    unread: 0,
    lastAt: 0,
  };
}

const kinds = (view: ThreadView) => timeline(view).map(({ kind }) => kind);

describe("a chat in order", () => {
  test("begins with the day and the ad that was tapped", () => {
    expect(kinds(thread([message("leadgen", 0)], flow({})))).toEqual(["day", "ad", "message"]);
  });

  test("says how the questions ended after the last words of the questions", () => {
    const ended = flow({ state: "ended", ending: "complete", endedAt: START + MINUTE });
    expect(kinds(thread([message("person", 1), message("leadgen", 1), message("app", 2)], ended))).toEqual([
      "day",
      "ad",
      "message",
      "message",
      "end",
      "message",
    ]);
  });

  test("keeps the end of one ad's questions before the next ad, however soon it is tapped", () => {
    const first = flow({ state: "ended", ending: "abandoned", endedAt: START + MINUTE });
    const second = flow({ startedAt: START + MINUTE + 2000 });
    const view = thread([message("person", 1), { ...message("leadgen", 1), at: START + MINUTE + 2000 }], second);
    expect(kinds({ ...view, pastFlows: [first] })).toEqual(["day", "ad", "message", "end", "ad", "message"]);
  });

  test("opens a new day where one begins", () => {
    expect(kinds(thread([message("person", 0), message("app", 24 * 60)]))).toEqual([
      "day",
      "message",
      "day",
      "message",
    ]);
  });

  test("signs an agent's message always, quick questions and answers only at their end", () => {
    const view = thread([message("leadgen", 0), message("person", 1), message("app", 2), message("person", 3)]);
    const signed = timeline(view).flatMap((entry) => (entry.kind === "message" && entry.saysWho ? entry.key : []));
    expect(signed).toEqual(["app2", "person3"]);
  });

  test("groups neighbours of one author that are close in time", () => {
    const view = thread([message("app", 0), message("app", 1), message("app", 30)]);
    const first = timeline(view).flatMap((entry) => (entry.kind === "message" && entry.isFirst ? entry.key : []));
    expect(first).toEqual(["app0", "app30"]);
  });
});
