import "server-only";
import { prisma, type Tx } from "#lib/db.ts";
import type { MetaEvent } from "#lib/messenger/meta-event.ts";
import type { LeasedDelivery } from "./lease-deliveries.ts";

/** What a delivery holds for one page, each key once. */
type Told = { pageId: string; count: number; keys: string[] };

/**
 * Closes a delivery whose lease is still ours and writes its line for each of its pages: how many events it held, and
 * how many of them another one brought before, however often this one had to be opened. Returns how many these are in
 * all; null when somebody else has taken over.
 */
export async function finishDelivery(
  delivery: LeasedDelivery,
  reason: string | null,
  events: readonly MetaEvent[],
): Promise<number | null> {
  const pages = Map.groupBy(events, (event) => event.pageId);
  const told = [...pages].map(([pageId, ofPage]): Told => {
    return { pageId, count: ofPage.length, keys: [...new Set(ofPage.map(({ key }) => key))] };
  });
  if (!delivery.isReplay) return finish(prisma, delivery, reason, told);
  return prisma.$transaction(async (tx) => {
    const duplicates = await finish(tx, delivery, reason, told);
    if (duplicates !== null) await replaceOthers(tx, delivery, told);
    return duplicates;
  });
}

/** Raw, to count and write in one statement: the books balance at any moment. */
async function finish(
  db: Tx,
  { id, leaseNumber }: LeasedDelivery,
  reason: string | null,
  told: readonly Told[],
): Promise<number | null> {
  const [finished] = await db.$queryRaw<{ duplicateCount: number }[]>`
    WITH counted AS (
      SELECT "pageId", count, count - (
        SELECT count(*)::int FROM unnest(told.keys) AS own (key)
        JOIN event ON event."pageId" = told."pageId" AND event.key = own.key
        WHERE event."deliveryId" = ${id}::uuid) AS duplicates
      FROM jsonb_to_recordset(${JSON.stringify(told)}::jsonb) AS told ("pageId" text, count int, keys text[])),
    finished AS (
      UPDATE raw_delivery
      SET state = ${reason === null ? "opened" : "unreadable"}, "stateReason" = ${reason}, "openedAt" = ${new Date()}::timestamptz,
        "leaseUntil" = NULL, "eventCount" = COALESCE((SELECT sum(count) FROM counted), 0)::int,
        "duplicateCount" = COALESCE((SELECT sum(duplicates) FROM counted), 0)::int
      WHERE id = ${id}::uuid AND "leaseNumber" = ${leaseNumber} AND state = 'waiting'
      RETURNING id, "receivedAt", "duplicateCount"),
    lines AS (
      INSERT INTO delivery_page ("pageId", "deliveryId", "receivedAt", "eventCount", "duplicateCount")
      SELECT "pageId", id, "receivedAt", count, duplicates FROM counted, finished
      ON CONFLICT ("pageId", "deliveryId") DO UPDATE
        SET "eventCount" = excluded."eventCount", "duplicateCount" = excluded."duplicateCount")
    SELECT "duplicateCount" FROM finished`;
  return finished?.duplicateCount ?? null;
}

/**
 * What the delivery was once read as and is no more: those events count no longer, nor do lines of pages that it holds
 * nothing for. Raw, to compare with the keys of many pages at once.
 */
async function replaceOthers(tx: Tx, { id, receivedAt }: LeasedDelivery, told: readonly Told[]): Promise<void> {
  const keys = told.flatMap(({ pageId, keys: ofPage }) => ofPage.map((key) => ({ pageId, key })));
  await tx.$executeRaw`
    WITH told AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) AS told ("pageId" text, key text))
    UPDATE event SET state = 'replaced', "stateReason" = 'read_again'
    FROM (SELECT "pageId" FROM delivery_page WHERE "receivedAt" = ${receivedAt}::timestamptz AND "deliveryId" = ${id}::uuid) line
    WHERE event."pageId" = line."pageId" AND event.state IN ('waiting', 'applied', 'ignored', 'parked')
      AND event."receivedAt" = ${receivedAt}::timestamptz AND event."deliveryId" = ${id}::uuid
      AND NOT EXISTS (SELECT FROM told WHERE told."pageId" = event."pageId" AND told.key = event.key)`;
  await tx.deliveryPage.deleteMany({
    where: { receivedAt, deliveryId: id, pageId: { notIn: told.map(({ pageId }) => pageId) } },
  });
}
