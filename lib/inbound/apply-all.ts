import "server-only";
import { applyOrPark } from "./apply-or-park.ts";
import { eventBatches } from "./event-batches.ts";
import { eventRuns } from "./event-runs.ts";
import type { KeptEvent } from "./source.ts";

type Circumstances = {
  /** Whatever fails now is parked: it was tried often enough. */
  isLast?: boolean;
  /** Asked before each transaction: which of these events are still ours to apply. */
  stillOurs?: (events: readonly KeptEvent[]) => Promise<KeptEvent[]>;
  /** Told which events are done with, as soon as they are. */
  whenLeft?: (left: readonly KeptEvent[]) => Promise<void>;
};

/**
 * Applies events, many threads at a time. What that leaves out, because somebody holds a thread or something fails,
 * is tried together once more, and then thread by thread. Returns why something has to be tried again later, if it has to.
 */
export async function applyAll(
  events: readonly KeptEvent[],
  { isLast = false, stillOurs = async (own) => [...own], whenLeft = async () => {} }: Circumstances = {},
): Promise<{ cause: unknown } | null> {
  const undone: KeptEvent[] = [];
  const causes: unknown[] = [];
  let left = [...events];
  for (const inParts of [eventBatches, eventBatches, eventRuns]) {
    const parts = inParts(left);
    left = [];
    for (const part of parts) {
      const own = await stillOurs(part.events);
      if (own.length === 0) continue;
      try {
        left.push(...(await applyOrPark({ ...part, events: own }, isLast)));
      } catch (cause) {
        undone.push(...own);
        causes.push(cause);
      }
    }
    await whenLeft([...left, ...undone]);
    if (left.length === 0) break;
  }
  return causes.length === 0 ? null : { cause: causes[0] };
}
