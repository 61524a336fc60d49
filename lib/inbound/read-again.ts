import "server-only";
import { prisma } from "#lib/db.ts";
import { log } from "#lib/log.ts";
import { understoodKinds } from "#lib/messenger/read-item.ts";
import { wakeWorker } from "#lib/wake-worker.ts";

/** Where a walk through all that was not understood has come to. */
export type ReadAgainPlace = { pageId: string; key: string };

const AT_ONCE = 200;

/**
 * Has what an older version kept without understanding it read once more, from the kept bytes: its deliveries are put
 * in line again, and what this version understands is applied. What stays unknown stays kept. Returns the place to go
 * on from, or null at the end: one walk after each start is enough, because a running version reads everything as well
 * as it can when it comes.
 */
export async function readAgain(after: ReadAgainPlace | null): Promise<ReadAgainPlace | null> {
  const isBehind =
    after === null ? {} : { OR: [{ pageId: { gt: after.pageId } }, { pageId: after.pageId, key: { gt: after.key } }] };
  const events = await prisma.event.findMany({
    where: { state: "ignored", stateReason: { in: [...understoodKinds] }, ...isBehind },
    select: { pageId: true, key: true, deliveryId: true },
    orderBy: [{ pageId: "asc" }, { key: "asc" }],
    take: AT_ONCE,
  });
  const ids = [...new Set(events.map(({ deliveryId }) => deliveryId))];
  const { count } = await prisma.rawDelivery.updateMany({
    where: { id: { in: ids }, source: "webhook", state: "opened" },
    data: { state: "waiting", stateReason: "replay", attempts: 0, leaseUntil: null },
  });
  if (count > 0) {
    log.info({ event: "deliveries.read-again", count });
    await wakeWorker("deliveries");
  }
  const last = events.length === AT_ONCE ? events.at(-1) : undefined;
  return last === undefined ? null : { pageId: last.pageId, key: last.key };
}
