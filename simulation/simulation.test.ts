/**
 * Thousands of histories of the whole core. SIMULATION_SEEDS makes the search longer; SIMULATION_SEED repeats one history
 * and prints it.
 */
import { expect, test } from "vitest";
import { simulate } from "./simulate.ts";

const SEEDS = Number(process.env.SIMULATION_SEEDS ?? 2_000);
const only = process.env.SIMULATION_SEED;
const seeds = only === undefined ? Array.from({ length: SEEDS }, (_, i) => i + 1) : [Number(only)];

test("whatever happens, everything that was promised holds", () => {
  for (const seed of seeds) {
    const { fault, steps, story } = simulate(seed);
    if (only !== undefined) process.stdout.write(`${story()}\nseed ${seed}: ${steps} steps\n`);
    const report = `${fault}\n\nThe last steps:\n${story(25)}\n\nSIMULATION_SEED=${seed} npx vitest run --project unit simulation`;
    expect(fault, report).toBeNull();
  }
}, 600_000);
