import { expect, test } from "vitest";
import { reasonWords } from "#components/thread/reason-words.ts";
import { activityKinds } from "#lib/leads/activity.ts";
import { graphErrorWords } from "#lib/messenger/graph-error-table.ts";
import de from "./de/lead.json" with { type: "json" };
import en from "./en/lead.json" with { type: "json" };

test("each of Meta's errors has a sentence in both languages", () => {
  const known: readonly string[] = reasonWords;
  expect(graphErrorWords.filter((word) => !known.includes(word))).toEqual([]);
  for (const messages of [en, de])
    expect(Object.keys(messages.error).toSorted()).toEqual([...reasonWords, "other"].toSorted());
});

test("each kind of activity has a sentence", () => {
  expect(Object.keys(en.activity)).toEqual(expect.arrayContaining([...activityKinds]));
});
