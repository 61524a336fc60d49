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

test("without a time a notice is known by its reason too, with one by that alone", () => {
  const notice = (reason: string, time = "") =>
    `{"recipient":{"id":"1"},${time}"policy_enforcement":{"action":"BLOCK","reason":"${reason}"}}`;
  const at = '"timestamp":1795343300,';
  const keys = eventsOfItems([notice("a"), notice("b"), notice("a", at), notice("b", at)]).map(({ key }) => key);
  expect(keys).toEqual([
    "policy:block:a:",
    "policy:block:b:",
    "policy:block:1795343300000",
    "policy:block:1795343300000",
  ]);
});

test("roles of what is no app, and names that are none, are left out", () => {
  const roles = { "": ["x"], "5": ["primary_receiver", null, 7], "6": "x", "7": [] };
  expect(eventsOfItems([`{"recipient":{"id":"1"},"app_roles":${JSON.stringify(roles)}}`])).toMatchObject([
    {
      kind: "app_roles",
      roles: [
        { appId: "5", names: ["primary_receiver", "7"] },
        { appId: "7", names: [] },
      ],
    },
  ]);
});
