import { expect, test } from "vitest";
import { reasonWords } from "#components/thread/reason-words.ts";
import { activityKinds } from "#lib/leads/activity.ts";
import { graphErrorWords } from "#lib/messenger/graph-error-table.ts";
import de from "./de/lead.json" with { type: "json" };
import en from "./en/lead.json" with { type: "json" };

/** Every sentence with the names of the values it wants: `window.free {left}`. */
function sentences(tree: object, path = ""): string[] {
  return Object.entries(tree).flatMap(([key, value]: [string, unknown]) =>
    typeof value === "object" && value !== null
      ? sentences(value, `${path}${key}.`)
      : [`${path}${key} ${[...new Set(String(value).match(/[{<]\w+/gu) ?? [])].toSorted().join(" ")}`],
  );
}

const keys = (tree: object) => sentences(tree).map((line) => line.split(" ")[0]);

test("German has every sentence English has", () => {
  expect(keys(de).toSorted()).toEqual(keys(en).toSorted());
});

test("German wants no value that English does not give", () => {
  const given = new Map(sentences(en).map((line) => [line.split(" ")[0], new Set(line.split(" ").slice(1))]));
  for (const line of sentences(de)) {
    const [key = "", ...wanted] = line.split(" ").filter((word) => word !== "");
    for (const value of wanted) expect(given.get(key), line).toContain(value);
  }
});

test("each of Meta's errors has a sentence in both languages", () => {
  const known: readonly string[] = reasonWords;
  expect(graphErrorWords.filter((word) => !known.includes(word))).toEqual([]);
  for (const messages of [en, de])
    expect(Object.keys(messages.error).toSorted()).toEqual([...reasonWords, "other"].toSorted());
});

test("each kind of activity has a sentence", () => {
  expect(Object.keys(en.activity)).toEqual(expect.arrayContaining([...activityKinds]));
});
