import "server-only";
import type { Tx } from "#lib/db.ts";
import type { MetaEvent } from "#lib/messenger/meta-event.ts";
import { type EventFate, firstFate, takenUpAgain } from "./event-fate.ts";
import type { Source } from "./source.ts";

/**
 * Inserts the keys of one page's events. `applied` is a promise the caller keeps in the same transaction; a
 * repeat of what was applied or ignored is a duplicate; one that waited for its page or was parked gets
 * another chance, and so does what is replayed. Returns each event's fate, in order. Raw, so that asking whether the page is connected and
 * inserting are one statement.
 */
export async function claimEvents(
  tx: Tx,
  pageId: string,
  events: readonly MetaEvent[],
  source: Source,
): Promise<EventFate[]> {
  const rows = events.map((event) => {
    const { key, kind, psid, at, position } = event;
    const what = event.kind === "unknown" ? event.what : null;
    return { key, kind, psid, at, position, what, now: firstFate(kind, true), early: firstFate(kind, false) };
  });
  // In one order for all: two repeats in different orders would wait for each other.
  const [claimed] = await tx.$queryRaw<{ isConnected: boolean; fresh: string[] }[]>`
    WITH asked AS (
      SELECT EXISTS (SELECT FROM page WHERE id = ${pageId} AND "connectedAt" IS NOT NULL) AS "isConnected"),
    fresh AS (
      INSERT INTO event ("pageId", key, kind, psid, at, position, "deliveryId", "receivedAt", state, "stateReason")
      SELECT ${pageId}, key, kind, psid, at, position, ${source.deliveryId}::uuid, ${source.receivedAt}::timestamptz,
        CASE WHEN "isConnected" THEN now ELSE early END,
        CASE WHEN "isConnected" OR early <> 'waiting' THEN what ELSE 'page_not_connected' END
      FROM asked, jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS told (key text, kind text, psid text, at timestamptz, position int, what text, now text, early text)
      ORDER BY key COLLATE "C"
      ON CONFLICT DO NOTHING RETURNING key)
    SELECT "isConnected", ARRAY(SELECT key FROM fresh) AS fresh FROM asked`;
  const isConnected = claimed?.isConnected ?? false;
  const fresh = new Set(claimed?.fresh);
  if (isConnected && fresh.size < events.length) {
    const seenBefore = events.filter(({ kind, key }) => kind !== "unknown" && !fresh.has(key));
    for (const key of await reclaim(tx, pageId, seenBefore, source)) fresh.add(key);
  }
  // Of the same event twice in one delivery only the first is news.
  return events.map(({ kind, key }) => (fresh.delete(key) ? firstFate(kind, isConnected) : "duplicate"));
}

/** Takes up events that waited or were parked, and in a replay those that this delivery brought. */
async function reclaim(
  tx: Tx,
  pageId: string,
  events: readonly MetaEvent[],
  { deliveryId, isReplay = false }: Source,
): Promise<string[]> {
  const isTakenUp = { state: { in: [...takenUpAgain] } };
  const rows = await tx.event.updateManyAndReturn({
    where: {
      ...{ pageId, key: { in: events.map(({ key }) => key) } },
      OR: isReplay ? [isTakenUp, { state: "applied", deliveryId }] : [isTakenUp],
    },
    data: { state: "applied", stateReason: null },
    select: { key: true },
  });
  return rows.map(({ key }) => key);
}
