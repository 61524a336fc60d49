import { describe, expect, test } from "vitest";
import { PAGE_INBOX_APP_ID } from "#lib/messenger/app-ids.ts";
import type { ThreadMessage } from "./thread-page.ts";
import { lastPageSideId, type ThreadRows, toThreadMessages } from "./to-thread-messages.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 10, minute));

const message: ThreadRows["messages"][number] = {
  mid: "m_1",
  direction: "in",
  kind: "message",
  text: "Hello",
  attachments: [],
  replyToMid: null,
  sentAt: at(1),
  appId: null,
  replyId: null,
  deletedAt: null,
  ourReaction: null,
  isUnsupported: false,
  quickReply: null,
};
const reply: ThreadRows["replies"][number] = {
  id: "r1",
  authorId: "u1",
  intentId: "i1",
  part: 0,
  text: "Good morning",
  mediaId: null,
  replyToMid: null,
  state: "queued",
  stateReason: null,
  createdAt: at(2),
  sendAfter: at(3),
  errorCode: null,
  errorSubcode: null,
};
const empty: ThreadRows = {
  pageId: "1",
  messages: [],
  replies: [],
  files: [],
  kept: new Map(),
  edits: [],
  reactions: [],
  thread: { deliveredWatermark: null, readWatermark: null },
  nameOf: (id) => ({ u1: "Anna" })[id] ?? null,
  ourAppId: "900",
  now: at(2),
};
const shown = (rows: Partial<ThreadRows>) => toThreadMessages({ ...empty, ...rows });
const one = (given: Partial<typeof message>, rows: Partial<ThreadRows> = {}) =>
  shown({ ...rows, messages: [{ ...message, ...given }] })[0];

describe("a person's message", () => {
  test("is shown as it came", () => {
    expect(shown({ messages: [message] })).toEqual([
      {
        id: "m_1",
        from: "person",
        authorName: null,
        text: "Hello",
        earlierTexts: [],
        reaction: null,
        ourReaction: null,
        attachments: [],
        kind: "message",
        at: at(1),
        isDeleted: false,
        isUnsupported: false,
        isQuickReply: false,
        replyToId: null,
        reply: null,
        receipt: null,
      },
    ]);
  });

  test("says what it is beside its text", () => {
    expect(one({ kind: "postback" })?.kind).toBe("postback");
    expect(one({ kind: "lead_summary" })?.kind).toBe("message");
    expect(one({ isUnsupported: true, text: null })).toMatchObject({ isUnsupported: true, text: null });
    expect(one({ quickReply: "" })?.isQuickReply).toBe(true);
    expect(one({ replyToMid: "m_0", ourReaction: "❤" })).toMatchObject({ replyToId: "m_0", ourReaction: "❤" });
  });

  test("shows the person's reaction to it alone", () => {
    const reactions = [
      { mid: "m_0", emoji: "👎" },
      { mid: "m_1", emoji: "👍" },
      { mid: "m_2", emoji: null },
    ];
    expect(one({}, { reactions })?.reaction).toBe("👍");
    expect(one({ mid: "m_2" }, { reactions })?.reaction).toBeNull();
  });

  test("says what its last change made of it, and what it said before", () => {
    const edits = [
      { mid: "m_1", number: 2, text: "third" },
      { mid: "m_0", number: 3, text: "another's" },
      { mid: "m_1", number: 1, text: null },
    ];
    expect(one({ text: "first" }, { edits })).toMatchObject({ text: "third", earlierTexts: ["first", ""] });
    expect(one({ text: null }, { edits: edits.slice(0, 1) })).toMatchObject({ text: "third", earlierTexts: [""] });
    // A change without a text leaves the one there was.
    expect(one({ text: "first" }, { edits: edits.slice(2) })).toMatchObject({ text: "first", earlierTexts: ["first"] });
  });

  test("that was deleted says and shows nothing any more", () => {
    const attachments = [{ type: "image", url: "https://scontent.example/1", title: null }];
    const edits = [{ mid: "m_1", number: 1, text: "changed" }];
    expect(one({ deletedAt: at(5), attachments }, { edits })).toMatchObject({
      text: null,
      earlierTexts: [],
      attachments: [],
      isDeleted: true,
    });
  });
});

describe("attachments of a message", () => {
  const image = { type: "image", url: "https://scontent.example/1", title: null };

  test("come as stored, and none where the stored value is none of ours", () => {
    const card = { type: "template", url: null, title: "Solar roofs", buttons: ["Yes", "No"] };
    const place = { type: "location", url: null, title: null, place: "52.5, 13.4" };
    const appointment = { status: "booked", startsAt: at(9).toISOString(), endsAt: null };
    const meeting = { type: "appointment", url: null, title: null, appointment };
    expect(one({ attachments: [image, card, place, meeting] })?.attachments).toEqual([image, card, place, meeting]);
    for (const odd of [null, "x", {}, [{ type: 1 }], [{ ...image, buttons: [7] }], [{ ...meeting, appointment: {} }]]) {
      expect(one({ attachments: odd })?.attachments).toEqual([]);
    }
  });

  test("have the file that was fetched for their place, or what became of it", () => {
    const kept: ThreadRows["kept"] = new Map([
      ["message:0:m_1", { id: "f0", state: "kept", contentType: "image/png", fileName: "roof.png" }],
      ["message:1:m_1", { id: "f1", state: "gone", contentType: null, fileName: null }],
    ]);
    const attachments = [image, { ...image, title: "A title" }, image];
    expect(one({ attachments }, { kept })?.attachments).toEqual([
      {
        ...image,
        title: "roof.png",
        fileState: "kept",
        file: { href: "/api/media/1/f0", contentType: "image/png" },
      },
      { ...image, title: "A title", fileState: "gone" },
      image,
    ]);
  });

  test("that we sent are our own files", () => {
    const files = [
      { id: "f9", contentType: "image/png", fileName: "another.png" },
      { id: "f1", contentType: "application/pdf", fileName: "offer.pdf" },
    ];
    const sent = { ...reply, mediaId: "f1", text: "", state: "sent" };
    const rows = { replies: [sent], files };
    const file = {
      type: "file",
      url: null,
      title: "offer.pdf",
      file: { href: "/api/media/1/f1", contentType: "application/pdf" },
    };
    expect(one({ direction: "out", replyId: "r1", attachments: [image] }, rows)?.attachments).toEqual([file]);
    expect(shown(rows)).toMatchObject([{ text: null, attachments: [file] }]);
    // Meta's own, where we have forgotten ours.
    expect(one({ direction: "out", replyId: "r1", attachments: [image] }, { replies: [sent] })?.attachments).toEqual([
      image,
    ]);
  });
});

describe("a message of the page's side", () => {
  test.each<[string | null, ThreadMessage["from"]]>([
    ["900", "agent"],
    [PAGE_INBOX_APP_ID, "page_inbox"],
    ["413038776280800", "leadgen"],
    ["12345", "other_app"],
    [null, "page"],
  ])("of the app %s is from %s", (appId, from) => expect(one({ direction: "out", appId })?.from).toBe(from));

  test("that is a reply of ours is an agent's, whatever app it names, and says whose", () => {
    const replies = [{ ...reply, state: "sent", stateReason: "unclear", errorCode: 2, errorSubcode: 3 }];
    expect(one({ direction: "out", replyId: "r1", appId: "12345" }, { replies })).toMatchObject({
      from: "agent",
      authorName: "Anna",
      reply: {
        id: "r1",
        authorId: "u1",
        intentId: "i1",
        part: 0,
        state: "sent",
        reason: "unclear",
        leavesInMs: 60_000,
        errorCode: 2,
        errorSubcode: 3,
      },
    });
    expect(one({ direction: "out", replyId: "lost" }, { replies })).toMatchObject({ from: "agent", reply: null });
  });

  test.each([
    [null, null, "sent"],
    [at(0), at(0), "sent"],
    [at(1), null, "delivered"],
    [null, at(1), "read"],
    [at(2), at(0), "delivered"],
    [at(2), at(2), "read"],
  ])("with marks at %s and %s is %s", (deliveredWatermark, readWatermark, receipt) => {
    const thread = { deliveredWatermark, readWatermark };
    expect(one({ direction: "out" }, { thread })?.receipt).toBe(receipt);
    expect(one({ direction: "in" }, { thread })?.receipt).toBeNull();
  });
});

describe("a reply", () => {
  test("stands in the line before Meta has it", () => {
    expect(shown({ replies: [{ ...reply, replyToMid: "m_1" }] })).toEqual([
      {
        id: "reply:r1",
        from: "agent",
        authorName: "Anna",
        text: "Good morning",
        earlierTexts: [],
        reaction: null,
        attachments: [],
        kind: "message",
        at: at(2),
        isDeleted: false,
        isUnsupported: false,
        isQuickReply: false,
        replyToId: "m_1",
        reply: {
          id: "r1",
          authorId: "u1",
          intentId: "i1",
          part: 0,
          state: "queued",
          reason: null,
          leavesInMs: 60_000,
          errorCode: null,
          errorSubcode: null,
        },
        receipt: null,
      },
    ]);
  });

  test("of automation has no author's name", () => {
    const nameOf = (id: string) => (id === "" ? null : `somebody: ${id}`);
    expect(shown({ replies: [{ ...reply, authorId: null }], nameOf })).toMatchObject([{ authorName: null }]);
  });

  test("is its message once that is there, and is gone when taken back", () => {
    const replies = [reply, { ...reply, id: "r2", state: "cancelled" }, { ...reply, id: "r3", state: "failed" }];
    const sent = { ...message, mid: "m_r1", direction: "out", replyId: "r1", sentAt: at(4) };
    expect(shown({ messages: [message, sent], replies }).map(({ id }) => id)).toEqual(["m_1", "reply:r3", "m_r1"]);
  });

  test("in a state nobody knows is no reply", () => {
    expect(() => shown({ replies: [{ ...reply, state: "dreaming" }] })).toThrow();
  });

  test("of one moment stand by their ids, however they were read", () => {
    const messages = ["b", "a", "c"].map((mid) => ({ ...message, mid }));
    expect(shown({ messages }).map(({ id }) => id)).toEqual(["a", "b", "c"]);
    expect(shown({ messages: messages.toReversed() }).map(({ id }) => id)).toEqual(["a", "b", "c"]);
  });
});

describe("the page side's last answer", () => {
  const told = (given: Partial<typeof message>) => ({ ...message, direction: "out", ...given });
  const rows = (last: Partial<typeof message>, replies: ThreadRows["replies"] = []) => ({
    messages: [told({ mid: "m_0", appId: PAGE_INBOX_APP_ID, sentAt: at(0) }), told({ mid: "m_9", ...last })],
    replies,
  });

  test.each<[string, string, Partial<ThreadRows>]>([
    ["m_9", "another app's message", rows({ appId: "12345" })],
    ["m_0", "not the person's", rows({ direction: "in" })],
    ["m_0", "not the automatic questions", rows({ appId: "413038776280800" })],
    ["m_9", "an agent's reply", rows({ replyId: "r1" }, [{ ...reply, state: "sent" }])],
    ["m_0", "no automatic reply", rows({ replyId: "r1" }, [{ ...reply, authorId: null, state: "sent" }])],
    ["m_0", "none that failed", { messages: rows({}).messages.slice(0, 1), replies: [{ ...reply, state: "failed" }] }],
    ["reply:r1", "one that waits", { messages: rows({}).messages.slice(0, 1), replies: [reply] }],
  ])("is %s: %s", (id, _, given) => expect(lastPageSideId(shown(given))).toBe(id));

  test("is none that was taken back, and none where nobody answered", () => {
    const [cancelled] = shown({ replies: [reply] });
    const part = cancelled?.reply;
    if (cancelled === undefined || part == null) throw new Error("A waiting reply has its part.");
    expect(lastPageSideId([{ ...cancelled, reply: { ...part, state: "cancelled" } }])).toBeNull();
    expect(lastPageSideId(shown({ messages: [message] }))).toBeNull();
  });
});
