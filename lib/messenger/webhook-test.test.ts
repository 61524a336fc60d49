import { describe, expect, test } from "vitest";
import { readWebhook } from "./read-webhook.ts";
import { eventsOf, eventsOfItems, RECEIVED } from "./samples/sample-events.ts";

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

describe("a test", () => {
  const read = (entry: object) =>
    readWebhook(Buffer.from(JSON.stringify({ object: "page", entry: [entry] })), RECEIVED)?.events;

  test("is told by the ids of its lead on any page, in changes alone", () => {
    const change = (value: object) => read({ id: "5", changes: [{ field: "leadgen", value }] });
    expect(change({ leadgen_id: 444444444444 })).toMatchObject([{ kind: "test", what: "leadgen", pageId: "5" }]);
    expect(change({ page_id: "444444444444", leadgen_id: "9" })).toMatchObject([{ kind: "test" }]);
    expect(change({ leadgen_id: "444444444445" })).toMatchObject([{ kind: "leadgen" }]);
    expect(read({ id: "5", changes: [{ field: "leadgen", value: "444444444444" }] })).toMatchObject([
      { kind: "unknown" },
    ]);
    const item = { sender: { id: "7" }, recipient: { id: "5" }, value: { leadgen_id: "444444444444" } };
    expect(read({ id: "5", messaging: [item] })).toMatchObject([{ kind: "unknown" }]);
  });

  test("is named by its field, by its part, or not at all", () => {
    const named = (item: unknown) =>
      read({ id: "0", messaging: [item] })?.map((event) => "what" in event && event.what);
    expect(named({ field: "messages", sender: {} })).toEqual(["messages"]);
    expect(named({ sender: {}, recipient: {}, timestamp: 1, reaction: {} })).toEqual(["reaction"]);
    expect(named({ sender: {}, recipient: {}, timestamp: 1 })).toEqual(["test"]);
    expect(named("x")).toEqual(["test"]);
    expect(named({ field: "x".repeat(61) })).toEqual(["x".repeat(60)]);
  });

  test("is of the time it names, else of its entry's", () => {
    const at = (item: object) => read({ id: "0", time: 1795343000, changes: [item] })?.map((event) => event.at);
    expect(at({ field: "x", value: { timestamp: "1795343100" } })).toEqual([new Date(1795343100_000)]);
    expect(at({ field: "x", timestamp: 1795343200 })).toEqual([new Date(1795343200_000)]);
    expect(at({ field: "x" })).toEqual([new Date(1795343000_000)]);
  });
});
