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

  test("that is none reads as null", () => {
    expect(readHistory(new TextEncoder().encode('{"object":"page","entry":[]}'))).toBeNull();
    expect(readHistory(new TextEncoder().encode("{"))).toBeNull();
  });
});
