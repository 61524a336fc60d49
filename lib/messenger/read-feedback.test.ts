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

test("a question without a type is a free text, and what is no question is left out", () => {
  const screens = [
    { questions: { q1: { payload: "Nice", follow_up: { payload: 5 } }, q2: { type: "csat" }, q3: "x", "q\u0000": {} } },
    "x",
    { questions: null },
  ];
  const part = JSON.stringify({ feedback_screens: screens });
  expect(eventsOfItems([`{"sender":{"id":"7"},"recipient":{"id":"1"},"messaging_feedback":${part}}`])).toMatchObject([
    {
      kind: "feedback",
      answers: [
        { id: "q1", type: "free_form", payload: "Nice", followUp: "5" },
        { id: "q2", type: "csat", payload: null, followUp: null },
        { id: "q␀", type: "free_form", payload: null, followUp: null },
      ],
    },
  ]);
});

test("a thumb without a word stays unknown", () => {
  expect(
    eventsOfItems(['{"sender":{"id":"7"},"recipient":{"id":"1"},"response_feedback":{"mid":"m1"}}']),
  ).toMatchObject([{ kind: "unknown", what: "response_feedback" }]);
});

test.each([
  ["Good response", true],
  ["thumbs_UP", true],
  ["positive", true],
  ["Bad response", false],
  ["", false],
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
