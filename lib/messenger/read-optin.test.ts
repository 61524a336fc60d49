import { expect, test } from "vitest";
import { eventsOf, eventsOfItems } from "./samples/sample-events.ts";

test.each([
  ["optin-topic", { action: "opt_in", topic: "monthly-offers", title: "Offers", expiresAt: new Date(1826879200000) }],
  ["optin", { action: "stop", topic: "monthly-offers" }],
  ["optin-resume", { action: "resume", topic: "monthly-offers" }],
  ["optin-one-time", { action: "opt_in", topic: "price-drop", expiresAt: null }],
  ["optin-ref", { action: "opt_in", topic: "newsletter-footer" }],
] as const)("%s", (name, expected) => {
  expect(eventsOf(name)).toMatchObject([{ kind: "optin", psid: "7719004412345678", ...expected }]);
});

test("no token is in what we keep of it", () => {
  expect(JSON.stringify(eventsOf("optin"))).not.toContain("1234500067890001");
  expect(JSON.stringify(eventsOf("optin-one-time"))).not.toContain("6677000011112222");
});

test("a stop and a resume at one moment are two events", () => {
  const item = (status: string) =>
    `{"sender":{"id":"7"},"recipient":{"id":"1"},"timestamp":1795343000,"optin":{"payload":"a","notification_messages_status":"${status}"}}`;
  const keys = eventsOfItems([item("STOP NOTIFICATIONS"), item("RESUME NOTIFICATIONS")]).map(({ key }) => key);
  expect(new Set(keys).size).toBe(2);
});

test.each([
  [{ payload: "a", ref: "b", type: "c" }, "a", "opt_in"],
  [{ ref: "b", type: "c" }, "b", "opt_in"],
  [{ type: "c", notification_messages_status: "OPT_IN" }, "c", "opt_in"],
  [{ notification_messages_status: "stop_notifications" }, null, "stop"],
  [{ notification_messages_status: "Resume Notifications" }, null, "resume"],
])("%j is of the topic %j: %s", (part, topic, action) => {
  const item = `{"sender":{"id":"7"},"recipient":{"id":"1"},"optin":${JSON.stringify(part)}}`;
  expect(eventsOfItems([item])).toMatchObject([{ kind: "optin", topic, action, title: null, expiresAt: null }]);
});
