import "server-only";
import { prisma } from "#lib/db.ts";

export type LeasedDelivery = {
  id: string;
  leaseNumber: number;
  attempts: number;
  source: string;
  body: Uint8Array;
  receivedAt: Date;
};

/**
 * Takes the oldest waiting delivery for 20 seconds, by the database's clock. The lease number fences: a
 * worker that slept past its lease can no longer finish the row. What failed thrice pauses, longer each time
 * and up to 17 minutes, so that it never stands in the way of the others. Raw, because Prisma has no SKIP LOCKED.
 */
export async function leaseDelivery(): Promise<LeasedDelivery | null> {
  const [row] = await prisma.$queryRaw<LeasedDelivery[]>`
    UPDATE raw_delivery
    SET "leaseUntil" = now() + interval '20 seconds', "leaseNumber" = "leaseNumber" + 1, attempts = attempts + 1
    WHERE id = (
      SELECT id FROM raw_delivery
      WHERE state = 'waiting' AND ("leaseUntil" IS NULL OR
        "leaseUntil" + make_interval(secs => power(2, LEAST(GREATEST(attempts - 3, 0), 10)) - 1) < now())
      ORDER BY "receivedAt", id
      FOR UPDATE SKIP LOCKED
      LIMIT 1
    )
    RETURNING id, "leaseNumber", attempts, source, body, "receivedAt"`;
  return row ?? null;
}
