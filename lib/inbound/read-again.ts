import "server-only";
import { prisma } from "#lib/db.ts";
import { faultName } from "#lib/fault-name.ts";
import { log } from "#lib/log.ts";
import type { MetaEvent } from "#lib/messenger/meta-event.ts";
import { understoodKinds } from "#lib/messenger/read-item.ts";
import { readWebhook } from "#lib/messenger/read-webhook.ts";
import { applyOrPark } from "./apply-or-park.ts";
import { eventRuns } from "./event-runs.ts";

/** Where a walk through all that was not understood has come to. */
export type ReadAgainPlace = { pageId: string; key: string };

const AT_ONCE = 200;

/**
 * Reads what an older version kept without understanding it once more, from the kept bytes, and applies what this
 * version understands. What stays unknown stays kept. Returns the place to go on from, or null at the end: one walk
 * after each start is enough, because a running version reads everything as well as it can when it comes.
 */
export async function readAgain(after: ReadAgainPlace | null): Promise<ReadAgainPlace | null> {
  const isBehind =
    after === null ? {} : { OR: [{ pageId: { gt: after.pageId } }, { pageId: after.pageId, key: { gt: after.key } }] };
  const events = await prisma.event.findMany({
    where: { state: "ignored", stateReason: { in: [...understoodKinds] }, ...isBehind },
    select: { pageId: true, key: true, deliveryId: true, position: true },
    orderBy: [{ pageId: "asc" }, { key: "asc" }],
    take: AT_ONCE,
  });
  for (const [deliveryId, unread] of Map.groupBy(events, (event) => event.deliveryId)) {
    try {
      await readDeliveryAgain(deliveryId, unread);
    } catch (cause) {
      // Whatever holds this delivery up must not hold up the others; the next start tries again.
      log.error({ event: "events.still-unread", deliveryId, cause: faultName(cause) });
    }
  }
  const last = events.length === AT_ONCE ? events.at(-1) : undefined;
  return last === undefined ? null : { pageId: last.pageId, key: last.key };
}

async function readDeliveryAgain(
  deliveryId: string,
  unread: readonly { pageId: string; key: string; position: number }[],
): Promise<void> {
  const delivery = await prisma.rawDelivery.findFirst({
    where: { id: deliveryId, source: "webhook" },
    select: { body: true, receivedAt: true },
  });
  if (delivery === null) return;
  const { receivedAt } = delivery;
  const events = readWebhook(delivery.body, receivedAt)?.events ?? [];
  const understood = unread.flatMap(({ position, ...row }): { row: typeof row; event: MetaEvent }[] => {
    const event = events[position];
    return event === undefined || event.kind === "unknown" ? [] : [{ row, event }];
  });
  for (const run of eventRuns(understood.map(({ event }) => event))) {
    await applyOrPark(run, { deliveryId, receivedAt });
  }
  // Each has a row of its own by now, under the key of what it turned out to be.
  for (const { row } of understood) {
    await prisma.event.updateMany({
      where: { ...row, state: "ignored" },
      data: { state: "applied", stateReason: "read_again" },
    });
  }
  if (understood.length > 0) log.info({ event: "events.read-again", deliveryId, count: understood.length });
}
