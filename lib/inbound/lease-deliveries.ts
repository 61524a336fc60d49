import "server-only";
import { prisma } from "#lib/db.ts";
import { Prisma } from "#lib/generated/prisma/client.ts";

export type LeasedDelivery = {
  id: string;
  leaseNumber: number;
  attempts: number;
  source: string;
  body: Uint8Array;
  receivedAt: Date;
  /** Somebody had it put in line once more, see feed-replay.ts. */
  isReplay: boolean;
};

/** Which of those that wait come first: behind an outage, the newest are what people look at now. */
export type LeaseOrder = "oldest" | "newest";

/** A delivery may hold 16 MiB; one that is larger than this comes alone. */
const MOST_BYTES = 1024 * 1024;

/**
 * Takes waiting deliveries for 20 seconds, by the database's clock: at most `count`, and no more bytes than a worker
 * should hold at once. One that was tried before comes alone: it may be what went wrong. The lease number fences: a
 * worker that slept past its lease can no longer finish the row. What failed thrice pauses, longer each time and up to
 * 17 minutes, so that it never stands in the way of the others. Raw, because Prisma has no SKIP LOCKED.
 */
export async function leaseDeliveries({
  order,
  count,
}: {
  order: LeaseOrder;
  count: number;
}): Promise<LeasedDelivery[]> {
  const way = order === "newest" ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const rows = await prisma.$queryRaw<LeasedDelivery[]>`
    WITH due AS (
      SELECT id, "receivedAt", attempts, octet_length(body) AS bytes FROM raw_delivery
      WHERE state = 'waiting' AND ("leaseUntil" IS NULL OR
        "leaseUntil" + make_interval(secs => power(2, LEAST(GREATEST(attempts - 3, 0), 10)) - 1) < now())
      ORDER BY "receivedAt" ${way}, id ${way}
      FOR UPDATE SKIP LOCKED
      LIMIT ${count}),
    measured AS (
      SELECT id, bytes, sum(bytes) OVER row_by_row AS so_far, max(attempts) OVER row_by_row AS tried FROM due
      WINDOW row_by_row AS (ORDER BY "receivedAt" ${way}, id ${way}))
    UPDATE raw_delivery
    SET "leaseUntil" = now() + interval '20 seconds', "leaseNumber" = "leaseNumber" + 1, attempts = attempts + 1
    WHERE id IN (SELECT id FROM measured WHERE (so_far <= ${MOST_BYTES} AND tried = 0) OR so_far = bytes)
    RETURNING id, "leaseNumber", attempts, source, body, "receivedAt", "stateReason" IS NOT DISTINCT FROM 'replay' AS "isReplay"`;
  const sign = order === "newest" ? -1 : 1;
  return rows.sort((a, b) => sign * (a.receivedAt.getTime() - b.receivedAt.getTime() || (a.id < b.id ? -1 : 1)));
}
