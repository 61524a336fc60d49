import { describe, expect, test } from "vitest";
import { everyCase, expected, type Facts, rules, told } from "./reply-policy-samples.ts";

describe("the policy, in every case there is,", () => {
  test("says for every sender, window, control, page, person, message and platform what the rules say", () => {
    const wrong: (Facts & { told: string; expected: string })[] = [];
    const seen = new Set<string>();
    for (const facts of everyCase()) {
      const given = told(facts);
      seen.add(given);
      if (given !== expected(facts)) wrong.push({ ...facts, told: given, expected: expected(facts) });
    }
    expect(wrong.slice(0, 5)).toEqual([]);
    expect([...seen].toSorted()).toEqual(
      [
        ...new Set([
          ...rules.map(([why]) => why),
          "RESPONSE",
          "RESPONSE, waiting",
          "HUMAN_AGENT",
          "HUMAN_AGENT, waiting",
        ]),
      ].toSorted(),
    );
  });

  test("never gives automation a tag, nor anybody one while free replies are certain", () => {
    const isTagless = ({ sender, window }: Facts) => sender === "automation" || window.startsWith("free");
    const tagged = everyCase().filter((facts) => isTagless(facts) && told(facts).startsWith("HUMAN_AGENT"));
    expect(tagged.take(5).toArray()).toEqual([]);
  });
});
