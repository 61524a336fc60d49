import { expect, test } from "vitest";
import { emptyLeadFilter } from "#lib/leads/lead-filter.ts";
import { parseExportQuery } from "./export-query.ts";

const parse = (query: string) => parseExportQuery(new URLSearchParams(query));

test("a format alone asks for all leads, with commas", () => {
  expect(parse("format=csv")).toEqual({
    ok: true,
    query: { filter: emptyLeadFilter(), format: "csv", delimiter: "comma" },
  });
});

test("the inbox's words and a semicolon are understood", () => {
  expect(parse("format=csv&delimiter=semicolon&status=complete&lead=1.2")).toEqual({
    ok: true,
    query: { filter: { ...emptyLeadFilter(), status: ["complete"] }, format: "csv", delimiter: "semicolon" },
  });
});

test.each([
  ["", "Say which format: format=csv or format=xlsx."],
  ["format=pdf", "Say which format: format=csv or format=xlsx."],
  ["format=csv&format=xlsx", "Say which format: format=csv or format=xlsx."],
  ["format=csv&delimiter=", "The delimiter is one of: comma, semicolon."],
  ["format=csv&delimiter=tab", "The delimiter is one of: comma, semicolon."],
  ["format=csv&stauts=complete", 'These words are not known here: "stauts".'],
  ["format=csv&status=done", 'These filters could not be understood: "status=done".'],
  ["format=csv&from=yesterday", 'These filters could not be understood: "from=yesterday".'],
])("%s is refused in a sentence", (query, sentence) => {
  expect(parse(query)).toEqual({ ok: false, sentence });
});
