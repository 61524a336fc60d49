import "server-only";
import { databaseNow } from "#lib/database-now.ts";
import { prisma } from "#lib/db.ts";
import { maySend, type PageState, pageState, readTrouble } from "./page-trouble.ts";

/** How a page is, and whether replies may leave it now. */
export async function getPageState(pageId: string): Promise<{ state: PageState; maySend: boolean; isPaused: boolean }> {
  const [now, page, health, rows] = await Promise.all([
    databaseNow(prisma),
    prisma.page.findUnique({ where: { id: pageId }, select: { connectedAt: true } }),
    prisma.pageHealth.findUnique({ where: { pageId }, select: { pausedUntil: true } }),
    prisma.pageTrouble.findMany({ where: { pageId } }),
  ]);
  const troubles = rows.map(readTrouble);
  const isPaused = health?.pausedUntil !== null && health?.pausedUntil !== undefined && health.pausedUntil > now;
  const isConnected = page !== null && page.connectedAt !== null;
  return { state: pageState(troubles), maySend: isConnected && !isPaused && maySend(troubles), isPaused };
}
