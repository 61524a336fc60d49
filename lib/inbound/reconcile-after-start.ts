import "server-only";
import { databaseNow } from "#lib/database-now.ts";
import { prisma } from "#lib/db.ts";

/** Has every page's conversations looked through soon: who has just started does not know what it slept through. */
export async function reconcileAfterStart(): Promise<void> {
  const now = await databaseNow(prisma);
  await prisma.pageHealth.updateMany({ where: { reconcileDueAt: { gt: now } }, data: { reconcileDueAt: now } });
}
