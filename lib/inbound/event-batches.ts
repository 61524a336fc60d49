import { eventRuns } from "./event-runs.ts";
import type { KeptEvent } from "./source.ts";

/** Events of one page that are applied in one transaction. */
export type EventBatch = { pageId: string; events: KeptEvent[] };

/** A transaction stays short, however many threads have something. */
const MOST_EVENTS = 500;
const MOST_THREADS = 50;

/** Puts what a page's threads got together, so that many are written with the statements of one. */
export function eventBatches(events: readonly KeptEvent[]): EventBatch[] {
  const batches: EventBatch[] = [];
  const open = new Map<string, { batch: EventBatch; threads: number }>();
  for (const { pageId, events: run } of eventRuns(events)) {
    const last = open.get(pageId);
    if (last !== undefined && last.threads < MOST_THREADS && last.batch.events.length + run.length <= MOST_EVENTS) {
      last.batch.events.push(...run);
      last.threads += 1;
    } else {
      const batch = { pageId, events: [...run] };
      open.set(pageId, { batch, threads: 1 });
      batches.push(batch);
    }
  }
  return batches;
}
