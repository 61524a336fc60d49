import "server-only";
import { prisma } from "#lib/db.ts";
import type { LeasedDelivery } from "./lease-deliveries.ts";

/** Gives a lease back that is still ours: whoever comes next need not wait for its end. Raw, for the database's clock. */
export async function endLease({ id, leaseNumber }: LeasedDelivery): Promise<void> {
  await prisma.$executeRaw`
    UPDATE raw_delivery SET "leaseUntil" = now()
    WHERE id = ${id}::uuid AND "leaseNumber" = ${leaseNumber} AND state = 'waiting'`;
}
