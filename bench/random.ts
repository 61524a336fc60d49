import { createHash } from "node:crypto";

/** Chance that repeats: the same seed, the same numbers. */
export type Random = {
  /** At least 0, below 1. */
  next(): number;
  /** A whole number below `limit`. */
  below(limit: number): number;
  shuffle<T>(list: readonly T[]): T[];
};

export function seeded(seed: string): Random {
  let state = createHash("sha256").update(seed).digest().readUInt32LE(0);
  // mulberry32
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  const shuffle = <T>(list: readonly T[]): T[] =>
    list
      .map((item) => ({ item, place: next() }))
      .sort((a, b) => a.place - b.place)
      .map(({ item }) => item);
  return { next, below, shuffle };
}
