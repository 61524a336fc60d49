import "server-only";
import { databaseNow } from "#lib/database-now.ts";
import { prisma } from "#lib/db.ts";
import { tellPageHistory } from "./tell-page-history.ts";

/** Events may be missing since then: the conversations are read again from that moment on. An older gap stays the start. */
export async function tellGap(pageId: string, since: Date): Promise<void> {
  await prisma.$transaction(async (tx) => {
    const now = await databaseNow(tx);
    await tx.pageHealth.createMany({ data: { pageId }, skipDuplicates: true });
    await tx.pageHealth.updateMany({
      where: { pageId, OR: [{ reconcileSince: null }, { reconcileSince: { gt: since } }] },
      data: { reconcileSince: since },
    });
    await tx.pageHealth.updateMany({ where: { pageId }, data: { reconcileDueAt: now } });
    await tellPageHistory(tx, {
      pageId,
      kind: "gap",
      data: { since: since.toISOString(), until: now.toISOString() },
    });
  });
}
