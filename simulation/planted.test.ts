/** Bugs planted into the rules: each must be found, and for what it is. */
import { expect, test } from "vitest";
import { bugs } from "./planted.ts";
import { rules } from "./rules.ts";
import { simulate } from "./simulate.ts";

/** How many histories it may take at most. */
const SEEDS = 600;

test.each(bugs)(
  "a product that $name is found out",
  ({ plant, fault }) => {
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const ending = simulate(seed, { ...rules, ...plant });
      if (ending.fault === null) continue;
      expect(ending.fault).toMatch(fault);
      return;
    }
    expect.unreachable(`not within ${SEEDS} histories`);
  },
  120_000,
);

test("a seed repeats its history to the letter", () => {
  expect(simulate(17).story()).toBe(simulate(17).story());
});
