import { expect, test } from "vitest";
import { readAnswers } from "./answers.ts";

test("answers keep their order, and the same question may stand twice", () => {
  const data = [
    { question: "Anything else?", answer: "first" },
    { question: "Your name?", answer: "Kim" },
    { question: "Anything else?", answer: "second" },
  ];
  expect(readAnswers(data)).toEqual(data);
});

test("an answer of 10,000 characters is kept whole", () => {
  const answer = "ä💡".repeat(5000);
  expect(readAnswers([{ question: "q", answer }])).toEqual([{ question: "q", answer }]);
});

test("half a pair keeps its half, and what is no pair is left out", () => {
  const data = [
    { question: "Skipped?" },
    { answer: "to what?" },
    { question: "Null?", answer: null },
    {},
    null,
    "x",
    5,
    ["a"],
  ];
  expect(readAnswers(data)).toEqual([
    { question: "Skipped?", answer: "" },
    { question: "", answer: "to what?" },
    { question: "Null?", answer: "" },
  ]);
});

test("wrong types are shown as text", () => {
  expect(
    readAnswers([
      { question: "Postcode?", answer: 70173 },
      { question: "Owner?", answer: true },
      { question: "Which?", answer: ["roof", "wall"] },
      { question: "Where?", answer: { city: "Stuttgart" } },
      { question: 5, answer: "a\u0000b\ud83d" },
    ]),
  ).toEqual([
    { question: "Postcode?", answer: "70173" },
    { question: "Owner?", answer: "true" },
    { question: "Which?", answer: "roof, wall" },
    { question: "Where?", answer: '{"city":"Stuttgart"}' },
    { question: "5", answer: "a␀b\uFFFD" },
  ]);
});

test("no list, no answers", () => {
  for (const data of [undefined, null, "x", 5, {}, { 0: { question: "q", answer: "a" } }])
    expect(readAnswers(data)).toEqual([]);
});
