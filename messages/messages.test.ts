import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";

const folder = import.meta.dirname;
const tree = z.record(z.string(), z.unknown());
const read = (file: string) => tree.parse(JSON.parse(readFileSync(join(folder, file), "utf8")));

/** Every sentence of a tree under its path. */
function sentences(node: Record<string, unknown>, path = ""): [string, string][] {
  return Object.entries(node).flatMap(([key, value]): [string, string][] => {
    const inner = tree.safeParse(value);
    return inner.success ? sentences(inner.data, `${path}${key}.`) : [[`${path}${key}`, String(value)]];
  });
}

/** Values and tags; what stands behind `one` or `other` is a form of words. */
const namesOf = (sentence: string) =>
  [...new Set(sentence.match(/(?<!(?:one|other|zero|=\d+) ?)\{\w+(?=[},])|<\w+>/gu) ?? [])].sort();
const files = readdirSync(join(folder, "en"));

test("German has the files English has", () => {
  expect(readdirSync(join(folder, "de")).sort()).toEqual(files.toSorted());
});

test.each(files)("German says every sentence of %s, and wants no value that English does not give", (file) => {
  const english = new Map(sentences(read(`en/${file}`)));
  const german = new Map(sentences(read(`de/${file}`)));
  expect([...german.keys()].sort()).toEqual([...english.keys()].sort());
  for (const [key, sentence] of german) {
    expect(sentence.trim(), key).not.toBe("");
    expect(namesOf(english.get(key) ?? ""), key).toEqual(expect.arrayContaining(namesOf(sentence)));
  }
});
