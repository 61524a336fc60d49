import { describe, expect, test } from "vitest";
import type { Handover } from "#lib/messenger/meta-event.ts";
import { handoverFact, standbyFacts } from "./told-facts.ts";

const at = new Date("2026-11-22T12:00:00Z");

describe("a handover", () => {
  const event: Handover = {
    kind: "handover",
    pageId: "1",
    psid: "7",
    at,
    key: "k",
    position: 0,
    channel: "messaging",
    platform: "page",
    op: "pass",
    from: "5",
    to: "900",
    metadata: null,
    lead: null,
  };

  test.each<[Handover["op"], string]>([
    ["pass", "owner"],
    ["take", "owner"],
    ["request", "requested"],
  ])("by which somebody may %s is the fact %s", (op, kind) => {
    const fact = { key: "k", kind, source: "handover", appId: "900", fromAppId: "5", at, isLeadHandover: false };
    expect(handoverFact({ ...event, op })).toEqual(fact);
  });

  test("that ends an ad's questions is marked", () => {
    expect(handoverFact({ ...event, lead: "incomplete" })).toMatchObject({ isLeadHandover: true });
  });
});

test.each<[string, string, boolean]>([
  ["standby", "message", true],
  ["standby", "postback", true],
  ["standby", "delivery", false],
  ["standby", "read", false],
  ["messaging", "message", false],
])("on %s a %s says that another app holds the thread: %s", (channel, kind, isTold) => {
  const fact = { key: "k", kind: "standby", source: "standby", appId: null, at, isLeadHandover: false };
  expect(standbyFacts({ channel, kind, key: "k", at })).toEqual(isTold ? [fact] : []);
});
