import "server-only";
import type { Tx } from "#lib/db.ts";
import { firstFate, takenUpAgain } from "./event-fate.ts";
import type { KeptEvent } from "./source.ts";

/**
 * Inserts the keys of one page's events, and returns those that are to be applied: a promise the caller keeps in the
 * same transaction. A repeat of what was applied or ignored is none of them; one that waited for its page or was
 * parked gets another chance, and so does what is replayed. Raw, so that asking whether the page is connected and inserting are one statement.
 */
export async function claimEvents(tx: Tx, pageId: string, events: readonly KeptEvent[]): Promise<KeptEvent[]> {
  // Of the same event twice only the first is news.
  const firsts = new Map(events.toReversed().map((event) => [event.key, event]));
  const rows = [...firsts.values()].map((event) => {
    const { key, kind, psid, at, position, deliveryId, receivedAt } = event;
    const what = event.kind === "unknown" ? event.what : null;
    const fates = { now: firstFate(kind, true), early: firstFate(kind, false) };
    return { key, kind, psid, at, position, deliveryId, receivedAt, what, ...fates };
  });
  // In one order for all: two repeats in different orders would wait for each other.
  const [claimed] = await tx.$queryRaw<{ isConnected: boolean; fresh: string[] }[]>`
    WITH asked AS (
      SELECT EXISTS (SELECT FROM page WHERE id = ${pageId} AND "connectedAt" IS NOT NULL) AS "isConnected"),
    fresh AS (
      INSERT INTO event ("pageId", key, kind, psid, at, position, "deliveryId", "receivedAt", state, "stateReason")
      SELECT ${pageId}, key, kind, psid, at, position, "deliveryId", "receivedAt",
        CASE WHEN "isConnected" THEN now ELSE early END,
        CASE WHEN "isConnected" OR early <> 'waiting' THEN what ELSE 'page_not_connected' END
      FROM asked, jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS told (key text, kind text, psid text, at timestamptz, position int, "deliveryId" uuid, "receivedAt" timestamptz,
          what text, now text, early text)
      ORDER BY key COLLATE "C"
      ON CONFLICT DO NOTHING RETURNING key)
    SELECT "isConnected", ARRAY(SELECT key FROM fresh) AS fresh FROM asked`;
  const isConnected = claimed?.isConnected ?? false;
  const fresh = new Set(claimed?.fresh);
  if (isConnected && fresh.size < firsts.size) {
    const seenBefore = events.filter(({ kind, key }) => kind !== "unknown" && !fresh.has(key));
    for (const key of await reclaim(tx, pageId, seenBefore)) fresh.add(key);
  }
  const isApplied = ({ key, kind }: KeptEvent) => fresh.has(key) && firstFate(kind, isConnected) === "applied";
  return events.filter((event) => firsts.get(event.key) === event && isApplied(event));
}

/** Takes up events that waited or were parked, and in a replay those that this delivery brought. */
async function reclaim(tx: Tx, pageId: string, events: readonly KeptEvent[]): Promise<string[]> {
  const keysOf = (of: readonly KeptEvent[]) => of.map(({ key }) => key);
  const replays = Map.groupBy(
    events.filter(({ isReplay }) => isReplay === true),
    ({ deliveryId }) => deliveryId,
  );
  const rows = await tx.event.updateManyAndReturn({
    where: {
      pageId,
      OR: [
        { key: { in: keysOf(events) }, state: { in: [...takenUpAgain] } },
        ...[...replays].map(([deliveryId, of]) => ({ key: { in: keysOf(of) }, state: "applied", deliveryId })),
      ],
    },
    data: { state: "applied", stateReason: null },
    select: { key: true },
  });
  return rows.map(({ key }) => key);
}
