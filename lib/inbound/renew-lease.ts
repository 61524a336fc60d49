import "server-only";
import { prisma } from "#lib/db.ts";
import type { LeasedDelivery } from "./lease-deliveries.ts";

/** Prolongs a lease that is still ours; false when somebody else has taken over. Raw, for the database's clock. */
export async function renewLease({ id, leaseNumber }: LeasedDelivery): Promise<boolean> {
  const renewed = await prisma.$executeRaw`
    UPDATE raw_delivery SET "leaseUntil" = now() + interval '20 seconds'
    WHERE id = ${id}::uuid AND "leaseNumber" = ${leaseNumber} AND state = 'waiting'`;
  return renewed === 1;
}
