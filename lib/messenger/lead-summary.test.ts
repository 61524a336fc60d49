import { describe, expect, test } from "vitest";
import { parseLeadSummary } from "./lead-summary.ts";

describe("parseLeadSummary", () => {
  test("reads one pair per line after the heading, in whatever language it is", () => {
    expect(parseLeadSummary("Lead-Zusammenfassung:\nEigenes Haus?: Ja\r\nPostleitzahl?: 70173")).toEqual([
      { question: "Eigenes Haus?", answer: "Ja" },
      { question: "Postleitzahl?", answer: "70173" },
    ]);
  });

  test("divides at the last colon with a blank", () => {
    expect(parseLeadSummary("Lead summary:\nPlease choose: a or b: b")).toEqual([
      { question: "Please choose: a or b", answer: "b" },
    ]);
    expect(parseLeadSummary("Lead summary:\nWhen?: 17:30")).toEqual([{ question: "When?", answer: "17:30" }]);
  });

  test("adds a line without a pair to the answer before it, and keeps an empty answer", () => {
    expect(parseLeadSummary("Lead summary:\nAddress?: Main street 1\nback door\nE-mail?:")).toEqual([
      { question: "Address?", answer: "Main street 1\nback door" },
      { question: "E-mail?", answer: "" },
    ]);
  });

  test("reads nothing from a text without pairs", () => {
    for (const text of ["", "Lead summary", "Lead summary:", "Lead summary:\n", "a\nb\nc"]) {
      expect(parseLeadSummary(text)).toEqual([]);
    }
  });
});
