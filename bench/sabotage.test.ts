import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { bugs } from "./bugs.ts";
import { places } from "./sabotage.ts";

const at = (path: string) => join(import.meta.dirname, "..", path);

describe.each(bugs)("the bug $name", ({ file, from, to, caughtBy }) => {
  test("finds its one place in the sources", () => expect(places(file, from), file).toBe(1));

  test("changes something", () => expect(to).not.toBe(from));

  test("names a test there is", () => {
    expect(existsSync(at(caughtBy.file))).toBe(true);
    expect(readFileSync(at(caughtBy.file), "utf8")).toContain(caughtBy.test);
  });
});

test("each has a name of its own", () => {
  expect(new Set(bugs.map(({ name }) => name)).size).toBe(bugs.length);
});

test("the list for people is the list that is run", () => {
  const rows = bugs.map(({ name, does, caughtBy }) => `| \`${name}\` | ${does} | \`${caughtBy.file}\` |`);
  expect(readFileSync(at("bench/README.md"), "utf8")).toContain(rows.join("\n"));
});
