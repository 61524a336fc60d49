import type { MetaEvent } from "#lib/messenger/meta-event.ts";

/** What there is for one thread, or for a page as a whole, in the order in which it was told. */
export type EventRun<E extends MetaEvent = MetaEvent> = { pageId: string; psid: string | null; events: E[] };

/** A transaction stays short, however much there is for one thread. */
const MOST = 100;

/** The person whose thread an event belongs to; null where it is the page's as a whole, or not understood. */
export function psidOf({ kind, psid }: MetaEvent): string | null {
  return kind === "unknown" ? null : psid;
}

/** Takes events apart by thread, so that a thread is folded once for all it got. */
export function eventRuns<E extends MetaEvent>(events: readonly E[]): EventRun<E>[] {
  const runs = Map.groupBy(events, (event) => JSON.stringify([event.pageId, psidOf(event)]));
  return [...runs.values()].flatMap((run) => {
    const [first] = run;
    if (first === undefined) return [];
    const thread = { pageId: first.pageId, psid: psidOf(first) };
    const parts = Math.ceil(run.length / MOST);
    return Array.from({ length: parts }, (_, part) => ({
      ...thread,
      events: run.slice(part * MOST, (part + 1) * MOST),
    }));
  });
}
