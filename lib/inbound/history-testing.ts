/** For tests: a page's conversations read again to the end, as if the time between two calls had passed. */
import { prisma } from "#lib/db.ts";
import { applyDelivery } from "./apply-delivery.ts";
import { reconcilePage } from "./reconcile-page.ts";

/** From when on events may be missing; read to the end. Returns how many turns it took. */
export async function reconcileSince(pageId: string, since: Date): Promise<number> {
  const due = { reconcileSince: since, reconcileDueAt: new Date(0) };
  await prisma.pageHealth.updateMany({ where: { pageId: { not: pageId } }, data: { reconcileDueAt: null } });
  await prisma.pageHealth.upsert({ where: { pageId }, create: { pageId, ...due }, update: due });
  for (let turns = 0; turns < 2_000; turns += 1) {
    const { reconcileDueAt } = await prisma.pageHealth.findUniqueOrThrow({ where: { pageId } });
    if (reconcileDueAt !== null && reconcileDueAt > new Date()) return turns;
    await prisma.pageHealth.updateMany({ where: { pageId }, data: { leaseUntil: null, pausedUntil: null } });
    await reconcilePage();
    while (await applyDelivery());
  }
  throw new Error("Reading the conversations again does not end.");
}
