import "server-only";
import { prisma } from "#lib/db.ts";
import { log } from "#lib/log.ts";
import { readWebhook } from "#lib/messenger/read-webhook.ts";
import { applyOrPark } from "./apply-or-park.ts";
import { eventRuns } from "./event-runs.ts";
import { type LeasedDelivery, leaseDelivery, renewLease } from "./lease-delivery.ts";

/** Well within the lease of 20 s. */
const RENEW_AFTER_MS = 5_000;

/** Opens and applies the oldest waiting delivery. False when none waits. */
export async function applyDelivery(): Promise<boolean> {
  const delivery = await leaseDelivery();
  if (delivery === null) return false;
  const startedAt = performance.now();
  const webhook = readWebhook(delivery.body, delivery.receivedAt);
  const events = webhook?.events ?? [];
  const source = { deliveryId: delivery.id, receivedAt: delivery.receivedAt };

  let duplicateCount = 0;
  let renewedAt = performance.now();
  for (const run of eventRuns(events)) {
    if (performance.now() - renewedAt > RENEW_AFTER_MS) {
      // Somebody else works on it by now. What we applied stays applied, and they will find it so.
      if (!(await renewLease(delivery))) return true;
      renewedAt = performance.now();
    }
    const fates = await applyOrPark(run, source);
    duplicateCount += fates.filter((fate) => fate === "duplicate").length;
  }
  await finish(delivery, webhook === null ? "unreadable" : "opened", { eventCount: events.length, duplicateCount });
  const ms = Math.round(performance.now() - startedAt);
  log.info({ event: "delivery.applied", id: delivery.id, events: events.length, duplicates: duplicateCount, ms });
  return true;
}

async function finish(
  { id, leaseNumber }: LeasedDelivery,
  state: "opened" | "unreadable",
  counts: { eventCount: number; duplicateCount: number },
): Promise<void> {
  await prisma.rawDelivery.updateMany({
    where: { id, leaseNumber, state: "waiting" },
    data: {
      state,
      stateReason: state === "unreadable" ? "not JSON that we can read" : null,
      openedAt: new Date(),
      leaseUntil: null,
      ...counts,
    },
  });
}
