import "server-only";
import type { Tx } from "#lib/db.ts";
import type { MetaEvent } from "#lib/messenger/meta-event.ts";
import type { Source } from "./source.ts";

export type EventFate = "applied" | "duplicate" | "ignored" | "waiting";

/**
 * Inserts the keys of one page's events. `applied` is a promise the caller keeps in the same transaction; a
 * repeat of what was applied or ignored is a duplicate; one that waited for its page or was parked gets
 * another chance. Returns each event's fate, in order.
 */
export async function claimEvents(
  tx: Tx,
  pageId: string,
  events: readonly MetaEvent[],
  source: Source,
): Promise<EventFate[]> {
  const isConnected = (await tx.page.count({ where: { id: pageId, connectedAt: { not: null } } })) === 1;
  const fates = events.map((event) => fateOf(event, isConnected));
  const rows = events.map(({ key, kind, psid, at, position }, i) => ({
    pageId,
    key,
    kind,
    psid,
    at,
    position,
    ...source,
    state: fates[i]?.state ?? "ignored",
    stateReason: fates[i]?.stateReason ?? null,
  }));
  const inserted = await tx.event.createManyAndReturn({
    // In one order for all: two repeats in different orders would wait for each other.
    data: rows.toSorted((a, b) => (a.key < b.key ? -1 : 1)),
    skipDuplicates: true,
    select: { key: true },
  });
  const fresh = new Set(inserted.map(({ key }) => key));
  if (isConnected && fresh.size < events.length) {
    const seenBefore = events.filter(({ kind, key }) => kind !== "unknown" && !fresh.has(key));
    for (const key of await reclaim(tx, pageId, seenBefore)) fresh.add(key);
  }
  return fates.map((fate, i) => {
    const key = events[i]?.key ?? "";
    // Of the same event twice in one delivery only the first is news.
    return fresh.delete(key) ? fate.state : "duplicate";
  });
}

function fateOf(
  event: MetaEvent,
  isConnected: boolean,
): { state: Exclude<EventFate, "duplicate">; stateReason: string | null } {
  if (event.kind === "unknown") return { state: "ignored", stateReason: event.what };
  // A test is of no page's business; it says that the address works.
  return isConnected || event.kind === "test"
    ? { state: "applied", stateReason: null }
    : { state: "waiting", stateReason: "page_not_connected" };
}

/** Takes up events that waited or were parked. */
async function reclaim(tx: Tx, pageId: string, events: readonly MetaEvent[]): Promise<string[]> {
  const rows = await tx.event.updateManyAndReturn({
    where: { pageId, key: { in: events.map(({ key }) => key) }, state: { in: ["waiting", "parked"] } },
    data: { state: "applied", stateReason: null },
    select: { key: true },
  });
  return rows.map(({ key }) => key);
}
