import "server-only";
import { prisma } from "#lib/db.ts";
import { faultName } from "#lib/fault-name.ts";
import { log } from "#lib/log.ts";
import { applyAll } from "./apply-all.ts";
import { readDelivery } from "./read-delivery.ts";

const AT_ONCE = 200;

/** Applies events that came before their page was connected, from the kept bytes. Returns how many it took up. */
export async function applyWaitingEvents(): Promise<number> {
  const pages = await prisma.page.findMany({ where: { connectedAt: { not: null } }, select: { id: true } });
  let taken = 0;
  for (const { id: pageId } of pages) {
    const events = await prisma.event.findMany({
      where: { pageId, state: "waiting" },
      select: { key: true, deliveryId: true, receivedAt: true, stateReason: true },
      orderBy: [{ receivedAt: "asc" }, { key: "asc" }],
      take: AT_ONCE,
    });
    const replays = Map.groupBy(events, (event) => `${event.deliveryId} ${event.stateReason === "replay"}`);
    for (const waiting of replays.values()) {
      const [{ deliveryId, stateReason } = { deliveryId: "", stateReason: null }] = waiting;
      try {
        const keys = new Set(waiting.map((event) => event.key));
        taken += await applyFrom(deliveryId, pageId, keys, stateReason === "replay");
      } catch (cause) {
        // Whatever holds this delivery up must not hold up the others.
        log.error({ event: "events.still-waiting", pageId, deliveryId, cause: faultName(cause) });
      }
    }
  }
  return taken;
}

async function applyFrom(
  deliveryId: string,
  pageId: string,
  keys: ReadonlySet<string>,
  isReplay: boolean,
): Promise<number> {
  const delivery = await prisma.rawDelivery.findUnique({
    where: { id: deliveryId },
    select: { source: true, body: true, receivedAt: true },
  });
  const events = delivery === null ? [] : (readDelivery(delivery) ?? []);
  const ours = events.filter((event) => event.pageId === pageId && keys.has(event.key));
  if (delivery !== null) {
    const { receivedAt } = delivery;
    const undone = await applyAll(ours.map((event) => ({ ...event, deliveryId, receivedAt, isReplay })));
    if (undone !== null) throw undone.cause;
  }
  const found = new Set(ours.map((event) => event.key));
  await parkLost(
    pageId,
    [...keys].filter((key) => !found.has(key)),
  );
  return keys.size;
}

/** Their bytes are gone, or are read differently by now; for ever first in line, they would stop the line. */
async function parkLost(pageId: string, keys: string[]): Promise<void> {
  if (keys.length === 0) return;
  await prisma.event.updateMany({
    where: { pageId, key: { in: keys }, state: "waiting" },
    data: { state: "parked", stateReason: "not found in its delivery" },
  });
}
