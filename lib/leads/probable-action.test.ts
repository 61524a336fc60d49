import { expect, test } from "vitest";
import { probableActionAt } from "./probable-action.ts";
import { after, handover, referral } from "./signal-samples.ts";

const incomplete = { outcome: "incomplete" as const };

test("an incomplete run without a message of its own tells when the person acted at the latest", () => {
  const run = [referral("r", 10, incomplete), handover("h", 12, incomplete)];
  expect(probableActionAt(run, [])).toEqual(after(12));
});

test("a message within the run is better than a guess", () => {
  expect(probableActionAt([referral("r", 10, incomplete)], [after(9)])).toBeNull();
  expect(probableActionAt([referral("r", 10, incomplete)], [after(10 - 73 * 60)])).toEqual(after(10));
  expect(probableActionAt([referral("r", 10, incomplete)], [after(11)])).toEqual(after(10));
});

test("a complete run needs no guess: the person has just answered", () => {
  expect(probableActionAt([referral("r", 10), handover("h", 12)], [])).toBeNull();
});
