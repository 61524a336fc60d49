import type { RangeOutcome, ReplayOutcome } from "#lib/inbound/replay.ts";

/** What pressing a button of a replay came to. */
export type ReplayAnswer = { answer: ReplayOutcome | RangeOutcome["outcome"] | "stopped" | "failed"; total: number };

export type ReplayActions = {
  applyEventAgain: (input: unknown) => Promise<ReplayAnswer>;
  readDeliveryAgain: (input: unknown) => Promise<ReplayAnswer>;
  readRangeAgain: (input: unknown) => Promise<ReplayAnswer>;
  endReplay: (input: unknown) => Promise<ReplayAnswer>;
};
