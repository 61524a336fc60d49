import { describe, expect, test } from "vitest";
import { type AskedFlow, askedFlows, type HeardMessage } from "./asked-flow.ts";

const at = (second: number) => new Date(Date.UTC(2026, 10, 22, 10, 0, second));

type Line = [second: number, who: "page" | "person" | "agent", text: string | null];
const heard = (...lines: Line[]): HeardMessage[] =>
  lines.map(([second, who, text], index) => ({
    mid: `m${index}`,
    isFromPerson: who === "person",
    isByHuman: who === "agent",
    text,
    at: at(second),
  }));
const flows = (...lines: Line[]) => askedFlows(heard(...lines));
const pairs = (all: AskedFlow[]) =>
  all.map(({ answers }) => answers.map(({ question, answer }) => `${question} ${answer}`));

describe("an answer", () => {
  test("is known with its question, and with what a machine said at once", () => {
    expect(flows([0, "page", "house?"], [60, "person", "Yes"], [61, "page", "Thanks!"], [62, "page", "Bye!"])).toEqual([
      {
        answers: [
          { mid: "m1", at: at(60), question: "house?", answer: "Yes", isFollowed: true, followed: ["Thanks!", "Bye!"] },
        ],
        closing: "Bye!",
      },
    ]);
  });

  test("that nobody replied to has no closing", () => {
    const [flow] = flows([0, "page", "house?"], [60, "person", "Yes"]);
    expect(flow).toMatchObject({ closing: null, answers: [{ isFollowed: false, followed: [] }] });
  });

  test("is followed at once within 15 seconds, and not later", () => {
    const after = (seconds: number) =>
      flows([0, "page", "house?"], [60, "person", "Yes"], [60 + seconds, "page", "Hm?"])[0];
    expect(after(15)).toMatchObject({ closing: "Hm?", answers: [{ isFollowed: true, followed: ["Hm?"] }] });
    expect(after(16)).toMatchObject({ closing: "Hm?", answers: [{ isFollowed: false, followed: [] }] });
  });

  test("without a question before it is none, and neither is a second one to the same question", () => {
    expect(
      pairs(flows([0, "person", "Hello"], [1, "page", "house?"], [2, "person", "Yes"], [3, "person", "Really"])),
    ).toEqual([["house? Yes"]]);
  });

  test("that is a picture answers nothing, and neither does a picture ask", () => {
    expect(pairs(flows([0, "page", "house?"], [1, "page", null], [2, "person", null], [3, "person", "Yes"]))).toEqual([
      ["house? Yes"],
    ]);
  });
});

describe("a flow", () => {
  const first: Line[] = [
    [0, "page", "house?"],
    [60, "person", "Yes"],
  ];

  test("goes on where the page asks on at once", () => {
    expect(pairs(flows(...first, [75, "page", "roof?"], [90, "person", "Flat"]))).toEqual([
      ["house? Yes", "roof? Flat"],
    ]);
    expect(pairs(flows(...first, [76, "page", "roof?"], [90, "person", "Flat"]))).toEqual([
      ["house? Yes"],
      ["roof? Flat"],
    ]);
  });

  test("asks by the last of what was said in one breath", () => {
    expect(pairs(flows([0, "page", "Welcome!"], [15, "page", "house?"], [60, "person", "Yes"]))).toEqual([
      ["house? Yes"],
    ]);
    expect(pairs(flows(...first, [61, "page", "Good."], [62, "page", "roof?"], [90, "person", "Flat"]))).toEqual([
      ["house? Yes", "roof? Flat"],
    ]);
  });

  test("is reminded of its question by one message later, and begun anew by two", () => {
    const asked: Line[] = [...first, [61, "page", "roof?"]];
    expect(pairs(flows(...asked, [900, "page", "Still there?"], [960, "person", "Flat"]))).toEqual([
      ["house? Yes", "roof? Flat"],
    ]);
    expect(pairs(flows(...asked, [900, "page", "Hi!"], [901, "page", "car?"], [960, "person", "Red"]))).toEqual([
      ["house? Yes"],
      ["car? Red"],
    ]);
  });

  test("begins with the newest of what was said apart", () => {
    expect(pairs(flows([0, "page", "Welcome!"], [16, "page", "house?"], [60, "person", "Yes"]))).toEqual([
      ["house? Yes"],
    ]);
  });

  test("ends where somebody of the page's side writes", () => {
    const all = flows(...first, [61, "page", "roof?"], [62, "agent", "Hello, Jana here"], [63, "person", "Flat"]);
    expect(pairs(all)).toEqual([["house? Yes"]]);
    expect(all).toMatchObject([{ closing: "roof?" }]);
    expect(pairs(flows(...first, [61, "agent", "Hi"], [62, "page", "roof?"], [63, "person", "Flat"]))).toEqual([
      ["house? Yes"],
      ["roof? Flat"],
    ]);
  });

  test("that goes on has what was said after its newest answer as its closing", () => {
    expect(flows(...first, [61, "page", "roof?"], [90, "person", "Flat"])).toMatchObject([{ closing: null }]);
    expect(flows(...first, [61, "page", "roof?"], [90, "person", "Flat"], [91, "page", "Thanks"])).toMatchObject([
      { closing: "Thanks", answers: [{ followed: ["roof?"] }, { followed: ["Thanks"] }] },
    ]);
  });

  test("hears only the first breath after an answer", () => {
    expect(flows(...first, [61, "page", "Thanks"], [900, "page", "News!"])).toMatchObject([
      { closing: "Thanks", answers: [{ followed: ["Thanks"] }] },
    ]);
  });
});

test("nothing heard is no flow", () => expect(flows()).toEqual([]));
