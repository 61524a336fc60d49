import "server-only";
import { prisma } from "#lib/db.ts";

export type LeasedDelivery = { id: string; leaseNumber: number; body: Uint8Array; receivedAt: Date };

/**
 * Takes the oldest waiting delivery for 20 seconds, by the database's clock. The lease number fences: a
 * worker that slept past its lease can no longer finish the row. Raw, because Prisma has no SKIP LOCKED.
 */
export async function leaseDelivery(): Promise<LeasedDelivery | null> {
  const [row] = await prisma.$queryRaw<LeasedDelivery[]>`
    UPDATE raw_delivery
    SET "leaseUntil" = now() + interval '20 seconds', "leaseNumber" = "leaseNumber" + 1, attempts = attempts + 1
    WHERE id = (
      SELECT id FROM raw_delivery
      WHERE state = 'waiting' AND ("leaseUntil" IS NULL OR "leaseUntil" < now())
      ORDER BY "receivedAt", id
      FOR UPDATE SKIP LOCKED
      LIMIT 1
    )
    RETURNING id, "leaseNumber", body, "receivedAt"`;
  return row ?? null;
}

/** Prolongs a lease that is still ours; false when somebody else has taken over. */
export async function renewLease({ id, leaseNumber }: LeasedDelivery): Promise<boolean> {
  const renewed = await prisma.$executeRaw`
    UPDATE raw_delivery SET "leaseUntil" = now() + interval '20 seconds'
    WHERE id = ${id}::uuid AND "leaseNumber" = ${leaseNumber} AND state = 'waiting'`;
  return renewed === 1;
}
