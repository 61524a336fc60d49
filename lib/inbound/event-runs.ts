import type { MetaEvent } from "#lib/messenger/meta-event.ts";

/** What one delivery holds for one thread, or for a page as a whole, in the delivery's order. */
export type EventRun = { pageId: string; psid: string | null; events: MetaEvent[] };

/** A transaction stays short, however much one delivery holds for one thread. */
const MOST = 100;

/** Takes a delivery apart by thread, so that a thread is folded once for all it got. */
export function eventRuns(events: readonly MetaEvent[]): EventRun[] {
  const runs = Map.groupBy(events, ({ pageId, psid, kind }) =>
    JSON.stringify([pageId, kind === "unknown" ? null : psid]),
  );
  return [...runs.values()].flatMap((run) => {
    const [first] = run;
    if (first === undefined) return [];
    const thread = { pageId: first.pageId, psid: first.kind === "unknown" ? null : first.psid };
    const parts = Math.ceil(run.length / MOST);
    return Array.from({ length: parts }, (_, part) => ({
      ...thread,
      events: run.slice(part * MOST, (part + 1) * MOST),
    }));
  });
}
