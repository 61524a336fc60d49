import { expect, test } from "vitest";
import { eventsOf, eventsOfItems } from "./samples/sample-events.ts";

test.each([
  ["dashboard-test", "messaging_postbacks"],
  ["dashboard-test-message", "messages"],
  ["instant-form-test", "leadgen"],
  ["smoke-test", "message"],
] as const)("%s is a test of %s", (name, what) => {
  expect(eventsOf(name)).toMatchObject([{ kind: "test", what, pageId: "0", psid: null }]);
});

test("a text in place of a message is no test when somebody sent it", () => {
  const item = '{"sender":{"id":"7"},"recipient":{"id":"1"},"message":"hello"}';
  expect(eventsOfItems([item])).toMatchObject([{ kind: "unknown", what: "message" }]);
});
