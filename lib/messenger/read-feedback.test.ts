import { expect, test } from "vitest";
import { readWebhook } from "./read-webhook.ts";
import { readSample } from "./samples/read-sample.ts";
import { eventsOf, eventsOfItems, RECEIVED } from "./samples/sample-events.ts";

test("scores and texts, at the time of the entry and for the page that received them", () => {
  expect(eventsOf("feedback")).toMatchObject([
    {
      kind: "feedback",
      pageId: "104411223344556",
      at: new Date(1795343250100),
      answers: [{ id: "q_service_1", type: "csat", payload: "5", followUp: "Quick answer" }],
    },
  ]);
});

test("the same score given again later is another one", () => {
  const sample = Buffer.from(readSample("feedback")).toString();
  const keyOf = (body: string) => readWebhook(Buffer.from(body), RECEIVED)?.events[0]?.key;
  expect(keyOf(sample)).toBe(keyOf(sample));
  expect(keyOf(sample.replace("1795343250100", "1795343999999"))).not.toBe(keyOf(sample));
});

test.each([
  ["Good response", true],
  ["Bad response", false],
])("a thumb that says %s", (feedback, isGood) => {
  const item = `{"sender":{"id":"7"},"recipient":{"id":"1"},"response_feedback":{"feedback":"${feedback}","mid":"m1"}}`;
  expect(eventsOfItems([item])).toMatchObject([{ kind: "response_feedback", isGood, mid: "m1" }]);
});

test.each(["{}", '{"feedback_screens":[]}', '{"feedback_screens":"x"}', '{"feedback_screens":[{"questions":[]}]}'])(
  "%s holds no answer and stays unknown",
  (part) => {
    const item = `{"sender":{"id":"7"},"recipient":{"id":"1"},"messaging_feedback":${part}}`;
    expect(eventsOfItems([item])).toMatchObject([{ kind: "unknown", what: "messaging_feedback" }]);
  },
);
