import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { graphErrorTable } from "../lib/messenger/graph-error-table.ts";
import { sampleNames } from "../lib/messenger/samples/read-sample.ts";
import { eventsOf } from "../lib/messenger/samples/sample-events.ts";
import de from "../messages/de/lead.json" with { type: "json" };
import en from "../messages/en/lead.json" with { type: "json" };
import { errorsPage, eventRows, eventsPage } from "./meta-docs.ts";

const ROOT = join(import.meta.dirname, "..");
const page = (name: string) => readFileSync(join(ROOT, "docs", name), "utf8");

test("the pages say what the code says; `npm run docs` writes them", () => {
  expect(page("meta-events.md")).toBe(eventsPage());
  expect(page("meta-errors.md")).toBe(errorsPage());
});

test.each(eventRows().map((row) => [`${row.kind}: ${row.case.name}`, row] as const))("%s", (_, row) => {
  expect(row.samples, "a sample").not.toEqual([]);
  expect(row.case.seen, "what people see").toMatch(/\.$/);
  expect(existsSync(join(ROOT, row.case.test)), row.case.test).toBe(true);
});

test("every sample with an event stands in the table", () => {
  const shown = new Set(eventRows().flatMap(({ samples }) => samples));
  const missing = sampleNames.filter((name) => eventsOf(name).length > 0 && !shown.has(name));
  expect(missing).toEqual([]);
});

test("every error has its sentence in both languages", () => {
  for (const { word } of graphErrorTable) {
    expect(en.error[word]).toMatch(/\.$/);
    expect(de.error[word]).toMatch(/\.$/);
  }
});
