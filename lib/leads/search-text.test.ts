import { describe, expect, test } from "vitest";
import { searchNeedle, searchText } from "./search-text.ts";

const finds = (text: string, q: string) => searchText([text]).includes(searchNeedle(q));

describe("a phone number is found however it is written", () => {
  const spellings = [
    "+49 711 1234567",
    "0711 1234567",
    "0049 711 1234567",
    "+49 (0) 711 / 12 34 567",
    "0711-123-45-67",
  ];
  test.each(spellings.flatMap((stored) => spellings.map((asked) => [stored, asked])))("%s by %s", (stored, asked) => {
    expect(finds(`Call me: ${stored}, evenings`, asked)).toBe(true);
  });

  test.each(["7111234567", "49 711 1234567", "1234567", "711 1234"])("by its part %s", (asked) => {
    expect(finds("+49 711 1234567", asked)).toBe(true);
  });

  test("another number is not", () => {
    expect(finds("+49 711 1234567", "0711 7654321")).toBe(false);
  });
});

describe("the line that is searched", () => {
  test("is of all parts there are, numbers as bare digits before them", () => {
    expect(searchText(["Mia", null, "", "0711 / 123-4567 oder 0170.1234567"])).toBe(
      "07111234567 01701234567 mia 0711 / 123-4567 oder 0170.1234567",
    );
    expect(searchText([])).toBe("");
  });

  test("takes no telephone number from Meta's ids, and none from where one part ends and the next begins", () => {
    expect(searchText(["Mia", null], ["7719001", null, "120231004567890101"])).toBe("7719001 120231004567890101 mia");
    expect(searchText(["711", "1234567"])).toBe("1234567 711 1234567");
    expect(searchText(["Mia"], ["7719001"]).includes(searchNeedle("+49 7719001"))).toBe(true);
  });

  test("takes so much of a long answer, and is so long at most", () => {
    expect(searchText(["x".repeat(2_000), "end"])).toBe(`${"x".repeat(1_000)} end`);
    expect(searchText(Array.from({ length: 20 }, () => "y".repeat(1_000)))).toHaveLength(16_000);
    expect(searchText([`${"x".repeat(999)}👍`]).isWellFormed()).toBe(true);
  });
});

describe("what is looked for", () => {
  test.each([
    ["+49 711 1234567", "7111234567"],
    ["(+49) 711 1234567", "7111234567"],
    ["0049 711 1234567", "7111234567"],
    ["0711 1234567", "7111234567"],
    ["711-1234567", "7111234567"],
    ["000123456", "123456"],
    ["123456", "123456"],
    ["12345", "12345"],
    ["No. 123456", "no. 123456"],
    ["123456 a", "123456 a"],
    [" Groß  ", "gross"],
  ])("for %j is %j", (q, needle) => expect(searchNeedle(q)).toBe(needle));
});

describe("words", () => {
  test("case, blanks and compatibility forms do not matter", () => {
    expect(finds("Jürgen  MÜLLER ﬁne", "müller fi")).toBe(true);
  });

  test("ß is found in capitals", () => {
    expect(finds("Jürgen Groß", "JÜRGEN GROSS")).toBe(true);
    expect(finds("GROSS", "groß")).toBe(true);
  });

  test("a few digits are looked for as they stand", () => {
    expect(finds("70173 Stuttgart", "70173")).toBe(true);
    expect(finds("10.000 €", "10.000")).toBe(true);
  });

  test("a date is found as it is written", () => {
    expect(finds("from 2026-11-22 on", "2026-11-22")).toBe(true);
  });

  test("nothing asked, everything found", () => {
    expect(searchNeedle("  ")).toBe("");
  });
});
