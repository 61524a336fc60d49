import { expect, test } from "vitest";
import { readSignal } from "./read-signal.ts";
import { referral } from "./signal-samples.ts";

test("a row of the table is a signal, and an odd one is refused", () => {
  const signal = referral("r", 1, { answers: [{ question: "house?", answer: "Yes" }] });
  expect(readSignal(signal)).toEqual(signal);
  expect(readSignal({ ...signal, pageId: "1", psid: "7" })).toEqual(signal);
  for (const odd of [{ kind: "X" }, { outcome: "perhaps" }, { at: "2026-11-22" }, { answers: [{ question: "q" }] }]) {
    expect(() => readSignal({ ...signal, ...odd })).toThrow();
  }
});
