import "server-only";
import { prisma } from "#lib/db.ts";
import type { ReconcileTask } from "./reconcile-cursor.ts";

const SINGLE_THREADS = 500;
const DAY = 24 * 60 * 60 * 1000;

/** The threads we know that were not silent lately, to be asked for one by one: instead of the list. */
export async function findKnownThreads(pageId: string, from: Date): Promise<ReconcileTask[]> {
  const since = new Date(from.getTime() - DAY);
  const threads = await prisma.thread.findMany({
    where: { pageId, OR: [{ lastInboundAt: { gte: since } }, { lastOutboundAt: { gte: since } }] },
    select: { psid: true },
    orderBy: { lastInboundAt: { sort: "desc", nulls: "last" } },
    take: SINGLE_THREADS,
  });
  return threads.map(({ psid }) => ({ what: "find", psid, id: null, name: null, tries: 0 }));
}
