import "server-only";
import { prisma } from "#lib/db.ts";
import { readWebhook } from "#lib/messenger/read-webhook.ts";
import { applyOrPark } from "./apply-or-park.ts";
import { eventRuns } from "./event-runs.ts";

const AT_ONCE = 200;

/** Applies events that came before their page was connected, from the kept bytes. Returns how many it took up. */
export async function applyWaitingEvents(): Promise<number> {
  const pages = await prisma.page.findMany({ where: { connectedAt: { not: null } }, select: { id: true } });
  let taken = 0;
  for (const { id: pageId } of pages) {
    const events = await prisma.event.findMany({
      where: { pageId, state: "waiting" },
      select: { key: true, deliveryId: true, receivedAt: true },
      orderBy: [{ receivedAt: "asc" }, { key: "asc" }],
      take: AT_ONCE,
    });
    for (const [deliveryId, waiting] of Map.groupBy(events, (event) => event.deliveryId)) {
      taken += await applyFrom(deliveryId, pageId, new Set(waiting.map((event) => event.key)));
    }
  }
  return taken;
}

async function applyFrom(deliveryId: string, pageId: string, keys: ReadonlySet<string>): Promise<number> {
  const delivery = await prisma.rawDelivery.findUnique({
    where: { id: deliveryId },
    select: { body: true, receivedAt: true },
  });
  if (delivery === null) return 0;
  const events = readWebhook(delivery.body, delivery.receivedAt)?.events ?? [];
  const ours = events.filter((event) => event.pageId === pageId && keys.has(event.key));
  for (const run of eventRuns(ours)) await applyOrPark(run, { deliveryId, receivedAt: delivery.receivedAt });
  return ours.length;
}
