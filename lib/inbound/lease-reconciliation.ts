import "server-only";
import { prisma } from "#lib/db.ts";

export type LeasedReconciliation = {
  pageId: string;
  leaseNumber: number;
  connectedAt: Date;
  reconcileSince: Date | null;
  reconcileCursor: string | null;
  reconciledAt: Date | null;
};

/**
 * Takes the page whose conversations are to be read again for one call to Meta. The lease's end also spaces the
 * calls: whoever finishes sets it to when the next one may be made. Raw for SKIP LOCKED, and for the database's clock.
 */
export async function leaseReconciliation(): Promise<LeasedReconciliation | null> {
  await prisma.$executeRaw`
    INSERT INTO page_health ("pageId") SELECT id FROM page WHERE "connectedAt" IS NOT NULL ON CONFLICT DO NOTHING`;
  const [row] = await prisma.$queryRaw<LeasedReconciliation[]>`
    UPDATE page_health h SET "leaseUntil" = now() + interval '20 seconds', "leaseNumber" = h."leaseNumber" + 1
    FROM page p
    WHERE p.id = h."pageId" AND h."pageId" = (
      SELECT d."pageId" FROM page_health d JOIN page c ON c.id = d."pageId" AND c."connectedAt" IS NOT NULL
      WHERE d."reconcileDueAt" <= now() AND (d."leaseUntil" IS NULL OR d."leaseUntil" < now())
        AND (d."pausedUntil" IS NULL OR d."pausedUntil" < now())
      ORDER BY d."reconcileDueAt" FOR UPDATE OF d SKIP LOCKED LIMIT 1)
    RETURNING h."pageId", h."leaseNumber", p."connectedAt", h."reconcileSince", h."reconcileCursor", h."reconciledAt"`;
  return row ?? null;
}
