import "server-only";
import { prisma } from "#lib/db.ts";
import type { MetaEvent } from "#lib/messenger/meta-event.ts";
import type { LeasedDelivery } from "./lease-deliveries.ts";

/**
 * Closes a delivery whose lease is still ours, and counts how many of its events another one brought before, however
 * often this one had to be opened. Returns that count; null when somebody else has taken over. Raw, to count and
 * write in one statement.
 */
export async function finishDelivery(
  { id, leaseNumber }: LeasedDelivery,
  reason: string | null,
  events: readonly MetaEvent[],
): Promise<number | null> {
  const pages = Map.groupBy(events, (event) => event.pageId);
  const own = [...pages].flatMap(([pageId, ofPage]) =>
    [...new Set(ofPage.map(({ key }) => key))].map((key) => ({ pageId, key })),
  );
  const [finished] = await prisma.$queryRaw<{ duplicateCount: number }[]>`
    UPDATE raw_delivery
    SET state = ${reason === null ? "opened" : "unreadable"}, "stateReason" = ${reason}, "openedAt" = ${new Date()}::timestamptz,
      "leaseUntil" = NULL, "eventCount" = ${events.length},
      "duplicateCount" = ${events.length} - (
        SELECT count(*)::int FROM jsonb_to_recordset(${JSON.stringify(own)}::jsonb) AS own ("pageId" text, key text)
        JOIN event ON event."pageId" = own."pageId" AND event.key = own.key
        WHERE event."deliveryId" = ${id}::uuid)
    WHERE id = ${id}::uuid AND "leaseNumber" = ${leaseNumber} AND state = 'waiting'
    RETURNING "duplicateCount"`;
  return finished?.duplicateCount ?? null;
}
