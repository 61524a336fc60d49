import type { Signal } from "./fold.ts";

const HOUR = 60 * 60 * 1000;
/** A flow that fell silent ends after two days; a message within this span belongs to it. */
const FLOW = 72 * HOUR;
/** Referrals count whole seconds. */
const CLOCK_STEP = 1000;

/**
 * When the person must have acted at the latest although we saw no message: an incomplete run whose answers
 * stayed with the Leadgen app. Null where every incomplete run has a message of its own.
 */
export function probableActionAt(signals: readonly Signal[], userMessagesAt: readonly Date[]): Date | null {
  const unseen = signals
    .filter(({ kind, outcome }) => outcome === "incomplete" && kind !== "S")
    .filter(({ at }) => !userMessagesAt.some((seen) => isWithinFlow(seen, at)))
    .map(({ at }) => at.getTime());
  return unseen.length === 0 ? null : new Date(Math.max(...unseen));
}

function isWithinFlow(seen: Date, end: Date): boolean {
  const before = end.getTime() - seen.getTime();
  return before > -CLOCK_STEP && before <= FLOW;
}
