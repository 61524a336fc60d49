import "server-only";
import { prisma } from "#lib/db.ts";

export type LeasedDelivery = { id: string; leaseNumber: number; attempts: number; body: Uint8Array; receivedAt: Date };

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
    RETURNING id, "leaseNumber", attempts, body, "receivedAt"`;
  return row ?? null;
}

/** Prolongs a lease that is still ours; false when somebody else has taken over. */
export async function renewLease({ id, leaseNumber }: LeasedDelivery): Promise<boolean> {
  const renewed = await prisma.$executeRaw`
    UPDATE raw_delivery SET "leaseUntil" = now() + interval '20 seconds'
    WHERE id = ${id}::uuid AND "leaseNumber" = ${leaseNumber} AND state = 'waiting'`;
  return renewed === 1;
}

/** Gives a lease back that is still ours: whoever comes next need not wait for its end. */
export async function endLease({ id, leaseNumber }: LeasedDelivery): Promise<void> {
  await prisma.$executeRaw`
    UPDATE raw_delivery SET "leaseUntil" = now()
    WHERE id = ${id}::uuid AND "leaseNumber" = ${leaseNumber} AND state = 'waiting'`;
}
