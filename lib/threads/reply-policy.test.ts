import { describe, expect, test } from "vitest";
import type { Control, ControlState } from "./control.ts";
import { MAX_TEXT } from "./reply.ts";
import { judgeReply, type ReplyCase } from "./reply-policy.ts";
import type { Window } from "./window.ts";

const now = new Date("2026-11-22T12:00:00Z");
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 60 * 60 * 1000);

const open: Window = {
  lastActionAt: hoursAgo(1),
  opener: "message",
  firstAdMessageAt: null,
  probableActionAt: null,
  refusedAt: null,
  hasHumanAgent: false,
};
const closed: Window = { ...open, lastActionAt: hoursAgo(25) };
const control = (state: ControlState, expiresAt: Date | null = null): Control => ({
  state,
  appId: null,
  since: hoursAgo(2),
  expiresAt,
  source: "handover",
});
const judge = (given: Partial<ReplyCase>) =>
  judgeReply({ window: open, control: control("ours"), sender: "person", text: "Hello", now, ...given });

describe("a reply", () => {
  test.each(["ours", "idle", "unknown"] as const)("may be tried while control is %s", (state) => {
    expect(judge({ control: control(state) })).toMatchObject({ allowed: true, terms: { phase: "free" } });
  });

  test.each(["page_inbox", "other_app", "leadgen"] as const)("is refused while control is with %s", (state) => {
    expect(judge({ control: control(state) })).toEqual({ allowed: false, why: state });
  });

  test("may be tried once the other app's control has lapsed", () => {
    expect(judge({ control: control("page_inbox", hoursAgo(0)) })).toMatchObject({ allowed: true });
  });

  test("is refused when the window is closed, whoever has control of the thread", () => {
    expect(judge({ window: closed })).toEqual({ allowed: false, why: "closed" });
    expect(judge({ window: closed, control: control("page_inbox") })).toEqual({ allowed: false, why: "closed" });
  });

  test("names the running questions rather than the window they keep from us", () => {
    expect(judge({ window: closed, control: control("leadgen") })).toEqual({ allowed: false, why: "leadgen" });
  });

  test("goes out under the tag only when a person writes", () => {
    const tagged = { ...closed, hasHumanAgent: true };
    expect(judge({ window: tagged })).toMatchObject({ allowed: true, terms: { tag: "HUMAN_AGENT" } });
    expect(judge({ window: tagged, sender: "automation" })).toEqual({ allowed: false, why: "closed" });
  });

  test.each(["", "  ", "\n\t"])("of nothing but blanks is empty (%j)", (text) => {
    expect(judge({ text })).toEqual({ allowed: false, why: "empty" });
  });

  test("may have as many characters as Meta takes, and no more", () => {
    expect(judge({ text: "x".repeat(MAX_TEXT) })).toMatchObject({ allowed: true });
    expect(judge({ text: "x".repeat(MAX_TEXT + 1) })).toEqual({ allowed: false, why: "too_long" });
  });
});
