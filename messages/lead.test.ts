import { expect, test } from "vitest";
import { activityKinds } from "#lib/leads/activity.ts";
import { reasonWords } from "#lib/threads/reason-words.ts";
import de from "./de/lead.json" with { type: "json" };
import en from "./en/lead.json" with { type: "json" };

test("each of Meta's errors and each refusal of ours has a sentence in both languages", () => {
  for (const messages of [en, de])
    expect(Object.keys(messages.error).toSorted()).toEqual([...reasonWords, "other"].toSorted());
});

test("each kind of activity has a sentence", () => {
  expect(Object.keys(en.activity)).toEqual(expect.arrayContaining([...activityKinds]));
});
