import "server-only";
import { prisma, type Tx } from "#lib/db.ts";
import type { MetaEvent } from "#lib/messenger/meta-event.ts";
import type { LeasedDelivery } from "./lease-deliveries.ts";

/** What a delivery turned out to hold; `reason`: why it could not be read. */
export type OpenedDelivery = LeasedDelivery & { events: readonly MetaEvent[]; reason: string | null };

/** What a delivery holds for one page, each key once. */
type Told = { id: string; pageId: string; count: number; keys: string[] };

/**
 * Closes deliveries whose lease is still ours and writes a line of each for each of its pages: how many events it
 * held, and how many of them another one brought before, however often this one had to be opened. Returns how many
 * these are in all, of each that is closed now; somebody else has taken over the others.
 */
export async function finishDeliveries(deliveries: readonly OpenedDelivery[]): Promise<Map<string, number>> {
  if (deliveries.length === 0) return new Map();
  const replays = deliveries.filter(({ isReplay }) => isReplay);
  if (replays.length === 0) return finish(prisma, deliveries);
  return prisma.$transaction(async (tx) => {
    const duplicates = await finish(tx, deliveries);
    for (const replay of replays) if (duplicates.has(replay.id)) await replaceOthers(tx, replay);
    return duplicates;
  });
}

function toldBy({ id, events }: OpenedDelivery): Told[] {
  return [...Map.groupBy(events, ({ pageId }) => pageId)].map(([pageId, ofPage]) => {
    return { id, pageId, count: ofPage.length, keys: [...new Set(ofPage.map(({ key }) => key))] };
  });
}

/** Raw, to count and write in one statement: the books balance at any moment. */
async function finish(db: Tx, deliveries: readonly OpenedDelivery[]): Promise<Map<string, number>> {
  const ends = deliveries.map(({ id, leaseNumber, reason }) => {
    return { id, leaseNumber, state: reason === null ? "opened" : "unreadable", reason };
  });
  const finished = await db.$queryRaw<{ id: string; duplicateCount: number }[]>`
    WITH told AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(deliveries.flatMap(toldBy))}::jsonb)
        AS told (id uuid, "pageId" text, count int, keys text[])),
    brought AS (
      SELECT told.id, told."pageId", count(*)::int AS count FROM told CROSS JOIN unnest(told.keys) AS own (key)
      JOIN event ON event."pageId" = told."pageId" AND event.key = own.key AND event."deliveryId" = told.id
      GROUP BY told.id, told."pageId"),
    counted AS (
      SELECT id, "pageId", told.count, told.count - COALESCE(brought.count, 0) AS duplicates
      FROM told LEFT JOIN brought USING (id, "pageId")),
    ending AS (
      SELECT id, "leaseNumber", state, reason, COALESCE(sum(counted.count), 0)::int AS events,
        COALESCE(sum(counted.duplicates), 0)::int AS duplicates
      FROM jsonb_to_recordset(${JSON.stringify(ends)}::jsonb)
        AS ending (id uuid, "leaseNumber" int, state text, reason text)
      LEFT JOIN counted USING (id) GROUP BY id, "leaseNumber", state, reason),
    finished AS (
      UPDATE raw_delivery
      SET state = ending.state, "stateReason" = ending.reason, "openedAt" = ${new Date()}::timestamptz,
        "leaseUntil" = NULL, "eventCount" = ending.events, "duplicateCount" = ending.duplicates
      FROM ending
      WHERE raw_delivery.id = ending.id AND raw_delivery."leaseNumber" = ending."leaseNumber"
        AND raw_delivery.state = 'waiting'
      RETURNING raw_delivery.id, "receivedAt", "duplicateCount"),
    lines AS (
      INSERT INTO delivery_page ("pageId", "deliveryId", "receivedAt", "eventCount", "duplicateCount")
      SELECT "pageId", id, "receivedAt", count, duplicates FROM counted JOIN finished USING (id)
      ON CONFLICT ("pageId", "deliveryId") DO UPDATE
        SET "eventCount" = excluded."eventCount", "duplicateCount" = excluded."duplicateCount")
    SELECT id, "duplicateCount" FROM finished`;
  return new Map(finished.map(({ id, duplicateCount }) => [id, duplicateCount]));
}

/**
 * What a delivery was once read as and is no more: those events count no longer, nor do lines of pages that it holds
 * nothing for. Raw, to compare with the keys of many pages at once.
 */
async function replaceOthers(tx: Tx, delivery: OpenedDelivery): Promise<void> {
  const { id, receivedAt, events } = delivery;
  const keys = events.map(({ pageId, key }) => ({ pageId, key }));
  await tx.$executeRaw`
    WITH told AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) AS told ("pageId" text, key text))
    UPDATE event SET state = 'replaced', "stateReason" = 'read_again'
    FROM (SELECT "pageId" FROM delivery_page WHERE "receivedAt" = ${receivedAt}::timestamptz AND "deliveryId" = ${id}::uuid) line
    WHERE event."pageId" = line."pageId" AND event.state IN ('waiting', 'applied', 'ignored', 'parked')
      AND event."receivedAt" = ${receivedAt}::timestamptz AND event."deliveryId" = ${id}::uuid
      AND NOT EXISTS (SELECT FROM told WHERE told."pageId" = event."pageId" AND told.key = event.key)`;
  await tx.deliveryPage.deleteMany({
    where: { receivedAt, deliveryId: id, pageId: { notIn: [...new Set(events.map(({ pageId }) => pageId))] } },
  });
}
