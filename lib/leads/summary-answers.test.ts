import { describe, expect, test } from "vitest";
import { summaryAgrees } from "./summary-answers.ts";

const agrees = (text: string, ...pairs: [string, string][]) =>
  summaryAgrees(
    text,
    pairs.map(([question, answer]) => ({ question, answer })),
  );

describe("a summary agrees with a referral's answers", () => {
  test("as Meta prints it, under a heading in any language", () => {
    expect(agrees("Lead summary:\nYour postcode?: 70173", ["Your postcode?", "70173"])).toBe(true);
    expect(agrees("Zusammenfassung des Leads:\r\nPLZ?: 70173", ["PLZ?", "70173"])).toBe(true);
    expect(agrees("PLZ?: 70173", ["PLZ?", "70173"])).toBe(true);
  });

  test("blanks and compatibility forms do not matter, case does", () => {
    expect(agrees("Lead summary:\nYour  postcode?:\u00a0７０１７３ ", ["Your postcode?", "70173"])).toBe(true);
    expect(agrees("Lead summary:\nHouse?: yes", ["House?", "Yes"])).toBe(false);
  });

  test("an answer that only begins alike is a different answer", () => {
    expect(agrees("Lead summary:\nPlace?: Stuttgart-West", ["Place?", "Stuttgart"])).toBe(false);
    expect(agrees("Lead summary:\nPlace?: Stuttgart", ["Place?", "Stuttgart-West"])).toBe(false);
  });

  test("an answer over several lines agrees with itself", () => {
    const pairs: [string, string][] = [
      ["Address?", "Hauptstr. 1\n70173 Stuttgart"],
      ["House?", "Yes"],
    ];
    expect(agrees("Lead summary:\nAddress?: Hauptstr. 1\n70173 Stuttgart\nHouse?: Yes", ...pairs)).toBe(true);
  });

  test("colons inside questions and answers do not matter", () => {
    expect(agrees("Lead summary:\nWhen: today?: at: 5", ["When: today?", "at: 5"])).toBe(true);
  });

  test("an empty answer is an answer", () => {
    expect(agrees("Lead summary:\nPhone?: \nHouse?: Yes", ["Phone?", ""])).toBe(true);
    expect(agrees("Lead summary:\nPhone?: 0711", ["Phone?", ""])).toBe(false);
  });

  test("a question asked twice is compared in its order", () => {
    expect(agrees("Lead summary:\nChild?: Ada\nChild?: Ben", ["Child?", "Ada"], ["Child?", "Ben"])).toBe(true);
    expect(agrees("Lead summary:\nChild?: Ben\nChild?: Ada", ["Child?", "Ada"], ["Child?", "Ben"])).toBe(false);
  });

  test("a question the referral answers once may come again in the summary", () => {
    expect(agrees("Lead summary:\nChild?: Ada\nChild?: Ben", ["Child?", "Ada"])).toBe(true);
  });

  test("nothing shared is no agreement", () => {
    expect(agrees("Lead summary:\nHouse?: Yes", ["Postcode?", "70173"])).toBe(false);
    expect(agrees("", ["Postcode?", "70173"])).toBe(false);
  });
});
