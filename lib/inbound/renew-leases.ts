import "server-only";
import { prisma } from "#lib/db.ts";
import type { LeasedDelivery } from "./lease-deliveries.ts";

/** Prolongs the leases that are still ours, and returns the ids of these. Raw, for the database's clock. */
export async function renewLeases(deliveries: readonly LeasedDelivery[]): Promise<Set<string>> {
  const leases = deliveries.map(({ id, leaseNumber }) => ({ id, leaseNumber }));
  const renewed = await prisma.$queryRaw<{ id: string }[]>`
    UPDATE raw_delivery SET "leaseUntil" = now() + interval '20 seconds'
    FROM jsonb_to_recordset(${JSON.stringify(leases)}::jsonb) AS lease (id uuid, "leaseNumber" int)
    WHERE raw_delivery.id = lease.id AND raw_delivery."leaseNumber" = lease."leaseNumber" AND state = 'waiting'
    RETURNING raw_delivery.id`;
  return new Set(renewed.map(({ id }) => id));
}
