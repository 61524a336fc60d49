import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import packageJson from "../package.json" with { type: "json" };

/** What the documents name as proof must be there: a promise whose test was renamed is a promise without one. */
const ROOT = join(import.meta.dirname, "..");
const DOCUMENTS = ["README.md", "docs/promises.md", "bench/README.md"];
const textOf = (path: string) => readFileSync(join(ROOT, path), "utf8");
const quoted = (path: string) => [...textOf(path).matchAll(/`([^`\n]+)`/g)].map(([, word = ""]) => word);

test.each(DOCUMENTS)("every test %s names exists", (document) => {
  const paths = quoted(document)
    .flatMap((word) => word.split(" "))
    .filter((word) => word.includes("/") && /\.(test|spec)\.tsx?$/.test(word));
  const isThere = (path: string) => existsSync(join(ROOT, path)) || globSync(path, { cwd: ROOT }).length > 0;
  expect(paths.filter((path) => !isThere(path))).toEqual([]);
});

test.each(DOCUMENTS)("every command %s names exists", (document) => {
  const commands = quoted(document).flatMap((word) => /^npm (?:run )?([\w:]+)/.exec(word)?.[1] ?? []);
  const known = new Set(["install", "ci", ...Object.keys(packageJson.scripts)]);
  expect(commands.filter((command) => !known.has(command))).toEqual([]);
});

test.each(DOCUMENTS)("every benchmark %s names exists", (document) => {
  const main = textOf("bench/main.ts");
  const names = quoted(document).flatMap((word) => /^npm run bench -- ([a-z-]+)/.exec(word)?.[1] ?? []);
  const isKnown = (name: string) => new RegExp(`^ {2}"?${name}"?[:,]`, "m").test(main);
  expect(names.filter((name) => !isKnown(name))).toEqual([]);
});
