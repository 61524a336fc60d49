import { expect, test } from "vitest";
import { controlActionKinds, controlAdvices, controlConsequences } from "#lib/threads/control-actions.ts";
import { controlWhys } from "#lib/threads/control-history.ts";
import de from "./de/lead.json" with { type: "json" };
import en from "./en/lead.json" with { type: "json" };

test.each([
  ["English", en],
  ["German", de],
])("every step, its consequence, every advice and every reason of a change has a sentence in %s", (_, { control }) => {
  expect(Object.keys(control.do).toSorted()).toEqual(controlActionKinds.toSorted());
  expect(Object.keys(control.by).toSorted()).toEqual(controlActionKinds.toSorted());
  expect(Object.keys(control.consequence).toSorted()).toEqual(controlConsequences.toSorted());
  expect(Object.keys(control.advice).toSorted()).toEqual(controlAdvices.toSorted());
  expect(Object.keys(control.why).toSorted()).toEqual(controlWhys.toSorted());
  const sentences = [...Object.values(control.consequence), ...Object.values(control.advice)];
  expect(sentences.filter((sentence) => !/^\S.*\.$/.test(sentence))).toEqual([]);
});
