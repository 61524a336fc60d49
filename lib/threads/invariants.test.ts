import { expect, test } from "vitest";
import { type Control, foldControl } from "./control.ts";
import { checkReplyMove, checkThread } from "./invariants.ts";

const at = new Date(Date.UTC(2026, 10, 20, 10));
const fact = { key: "a", kind: "owner", source: "handover", appId: "7", at, isLeadHandover: false } as const;
const control = foldControl([fact], "7", at);
const clocks = { lastActionAt: at, lastOpener: "message", lastInboundAt: at };
const unknown: Control = { state: "unknown", appId: null, since: null, expiresAt: null, source: null };

test("what folding makes is in order", () => {
  expect(() => checkThread(clocks, control, [fact])).not.toThrow();
  expect(() => checkThread({ lastActionAt: null, lastOpener: null, lastInboundAt: null }, unknown, [])).not.toThrow();
});

const later = new Date(at.getTime() + 1);

test.each([
  ["window-without-an-opener", { ...clocks, lastOpener: null }, control],
  ["message-without-a-window", { ...clocks, lastInboundAt: later }, control],
  ["message-without-a-window", { ...clocks, lastActionAt: null, lastOpener: null }, control],
  ["control-without-a-fact", clocks, { ...control, since: later }],
  ["control-without-a-fact", clocks, { ...control, since: null }],
  ["owner-without-an-app", clocks, { ...control, appId: null }],
  ["nobody-holds-it-until-a-day", clocks, { ...control, state: "idle" as const }],
])("%s is noticed", (what, told, held) => {
  expect(() => checkThread(told, held, [fact])).toThrow(what);
});

test("a reply moves as its states allow, and its echo knows better than a refusal", () => {
  expect(() => checkReplyMove("queued", "sending")).not.toThrow();
  expect(() => checkReplyMove("queued", "sent")).not.toThrow();
  expect(() => checkReplyMove("unknown", "queued")).toThrow("reply-moved-where-it-may-not");
});
