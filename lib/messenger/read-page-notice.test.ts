import { expect, test } from "vitest";
import { eventsOf, eventsOfItems } from "./samples/sample-events.ts";

test.each([
  ["policy-warning", { action: "warning", reason: "Too many messages without an answer" }],
  ["policy-block", { action: "block", reason: "Too many complaints" }],
  ["policy-block-older", { action: "block", reason: "Too many complaints" }],
  ["policy-unblock", { action: "unblock", reason: null }],
] as const)("%s is of the page, and of no person", (name, expected) => {
  expect(eventsOf(name)).toMatchObject([{ kind: "policy", pageId: "104411223344556", psid: null, ...expected }]);
});

test("both spellings are one event", () => {
  expect(eventsOf("policy-block")[0]?.key).toBe(eventsOf("policy-block-older")[0]?.key);
});

test("an action nobody knows is kept as unknown", () => {
  const item = '{"recipient":{"id":"1"},"policy_enforcement":{"action":"ponder"}}';
  expect(eventsOfItems([item])).toMatchObject([{ kind: "unknown", what: "policy_enforcement" }]);
});

test("roles by app", () => {
  expect(eventsOf("app-roles")).toMatchObject([
    { kind: "app_roles", psid: null, roles: [{ appId: "1122334455667788", names: ["primary_receiver"] }] },
  ]);
});
