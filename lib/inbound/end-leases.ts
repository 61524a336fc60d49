import "server-only";
import { prisma } from "#lib/db.ts";
import type { LeasedDelivery } from "./lease-deliveries.ts";

/** Gives leases back that are still ours: whoever comes next need not wait for their end. Raw, for the database's clock. */
export async function endLeases(deliveries: readonly LeasedDelivery[]): Promise<void> {
  const leases = deliveries.map(({ id, leaseNumber }) => ({ id, leaseNumber }));
  await prisma.$executeRaw`
    UPDATE raw_delivery SET "leaseUntil" = now()
    FROM jsonb_to_recordset(${JSON.stringify(leases)}::jsonb) AS lease (id uuid, "leaseNumber" int)
    WHERE raw_delivery.id = lease.id AND raw_delivery."leaseNumber" = lease."leaseNumber" AND state = 'waiting'`;
}
