import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readable } from "./readable.js";
import { texts } from "./texts.js";

/** Names of all words, one below the other. */
function names(words: object, before = ""): string[] {
  return Object.entries(words).flatMap(([name, word]) => {
    if (name === "says") return [];
    return typeof word === "object" && word !== null ? names(word, `${before}${name}.`) : [`${before}${name}`];
  });
}

describe("the page's words", () => {
  test("are the same in both languages", () => {
    expect(names(texts.de)).toEqual(names(texts.en));
  });

  test("are all used", () => {
    const sources = readdirSync(import.meta.dirname).filter((name) => /^(?!texts).*\.js$/.test(name));
    const code = sources.map((name) => readFileSync(join(import.meta.dirname, name), "utf8")).join("\n");
    const direct = Object.entries(texts.en).flatMap(([name, word]) => (typeof word === "object" ? [] : [name]));
    const phone = Object.keys(texts.en.phone);
    expect([...direct, ...phone].filter((name) => !new RegExp(`\\.${name}\\b`).test(code))).toEqual([]);
  });
});

describe("a body in the log", () => {
  test("is indented, and ids keep every digit", () => {
    const body = '{"object":"page","entry":[{"id":"1","n":120231004567890101,"text":"a, {b}: \\"c\\"","none":[]}]}';
    const shown = readable(body);
    expect(shown).toContain('      "n": 120231004567890101,\n');
    expect(shown).toContain('"text": "a, {b}: \\"c\\""');
    expect(shown).toContain('"none": []');
    expect(JSON.parse(shown)).toEqual(JSON.parse(body));
  });
});
