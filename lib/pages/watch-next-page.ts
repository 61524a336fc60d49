import "server-only";
import { prisma } from "#lib/db.ts";
import { checkPage } from "./check-page.ts";
import { forgetLogins } from "./forget-logins.ts";

/** Looks at the connected page that is most overdue. False when none is due. */
export async function watchNextPage(): Promise<boolean> {
  await forgetLogins();
  const pageId = await leasePage();
  if (pageId === null) return false;
  await checkPage(pageId);
  return true;
}

/**
 * Raw for SKIP LOCKED, and for the database's clock. The time to look again is the lease: a worker that dies leaves the
 * page to the next one. (The lease columns belong to those who read conversations again.)
 */
async function leasePage(): Promise<string | null> {
  await prisma.$executeRaw`
    INSERT INTO page_health ("pageId") SELECT id FROM page WHERE "connectedAt" IS NOT NULL ON CONFLICT DO NOTHING`;
  const [row] = await prisma.$queryRaw<{ pageId: string }[]>`
    UPDATE page_health SET "checkDueAt" = now() + interval '2 minutes'
    WHERE "pageId" = (
      SELECT h."pageId" FROM page_health h JOIN page p ON p.id = h."pageId" AND p."connectedAt" IS NOT NULL
      WHERE h."checkDueAt" <= now() ORDER BY h."checkDueAt" FOR UPDATE OF h SKIP LOCKED LIMIT 1)
    RETURNING "pageId"`;
  return row?.pageId ?? null;
}
