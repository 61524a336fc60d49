import "server-only";
import { prisma } from "#lib/db.ts";
import { checkPage } from "./check-page.ts";

/** Looks at the connected page that is most overdue. False when none is due. */
export async function watchNextPage(): Promise<boolean> {
  const pageId = await leasePage();
  if (pageId === null) return false;
  await checkPage(pageId);
  return true;
}

/** Raw for SKIP LOCKED, and for the database's clock. A worker that dies leaves the page to the next one. */
async function leasePage(): Promise<string | null> {
  await prisma.$executeRaw`
    INSERT INTO page_health ("pageId") SELECT id FROM page WHERE "connectedAt" IS NOT NULL ON CONFLICT DO NOTHING`;
  const [row] = await prisma.$queryRaw<{ pageId: string }[]>`
    UPDATE page_health SET "leaseUntil" = now() + interval '2 minutes', "leaseNumber" = "leaseNumber" + 1
    WHERE "pageId" = (
      SELECT h."pageId" FROM page_health h JOIN page p ON p.id = h."pageId" AND p."connectedAt" IS NOT NULL
      WHERE h."checkDueAt" <= now() AND (h."leaseUntil" IS NULL OR h."leaseUntil" < now())
      ORDER BY h."checkDueAt" FOR UPDATE OF h SKIP LOCKED LIMIT 1)
    RETURNING "pageId"`;
  return row?.pageId ?? null;
}
