import { parseArgs } from "node:util";

/** What may follow `npm run bench -- NAME`. */
export type Options = {
  /** `small` takes a minute, `ci` is what `npm test` takes, `full` what the marks are meant for. */
  set: "small" | "ci" | "full";
  /** The same seed asks the same things in the same order. */
  seed: string;
  /** A bug to plant, see bugs.ts; empty: none, and for `sabotage` itself all of them. */
  sabotage: string;
  /** The number given to an option of this benchmark, or its usual one. */
  size(name: SizeName, usual: { small: number; ci?: number; full: number }): number;
};

const SIZES = ["deliveries", "events", "per-delivery", "requests", "seconds", "replies", "rate", "kill-every"] as const;
export type SizeName = (typeof SIZES)[number];

export function readOptions(args: readonly string[]): { name: string; options: Options } {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      full: { type: "boolean", default: false },
      ci: { type: "boolean", default: false },
      seed: { type: "string", default: "storm" },
      sabotage: { type: "string", default: "" },
      ...Object.fromEntries(SIZES.map((size) => [size, { type: "string" as const }])),
    },
  });
  const given: Record<string, unknown> = values;
  const set = given.full === true ? "full" : given.ci === true ? "ci" : "small";
  return {
    name: positionals[0] ?? "",
    options: {
      set,
      seed: String(given.seed),
      sabotage: String(given.sabotage),
      size: (name, { small, ci = small, full }) => {
        const value = given[name];
        if (value === undefined) return { small, ci, full }[set];
        const size = Number(value);
        if (!(size > 0)) throw new Error(`--${name} must be a number above 0, not "${String(value)}".`);
        return size;
      },
    },
  };
}
