import "server-only";
import { faultName } from "#lib/fault-name.ts";
import { log } from "#lib/log.ts";
import { applyAll } from "./apply-all.ts";
import { endLeases } from "./end-leases.ts";
import { finishDeliveries, type OpenedDelivery } from "./finish-deliveries.ts";
import { type LeasedDelivery, type LeaseOrder, leaseDeliveries } from "./lease-deliveries.ts";
import { readDelivery } from "./read-delivery.ts";
import { renewLeases } from "./renew-leases.ts";
import type { KeptEvent } from "./source.ts";

/** Meta's deliveries are small: many of them are one batch's work. */
const AT_ONCE = 100;
/** Well within the lease of 20 s. */
const RENEW_AFTER_MS = 5_000;
/** With the pauses between them, hours: what has not passed by then is parked. */
const LAST_ATTEMPT = 20;

type Opened = OpenedDelivery & { events: readonly KeptEvent[] };

/**
 * Opens and applies waiting deliveries, some at a time. False when none waits. Throws when something of them must be
 * tried again later; the rest is applied by then. Whoever took over a delivery meanwhile finds what we applied of it.
 */
export async function applyDeliveries(order: LeaseOrder = "oldest"): Promise<boolean> {
  const leased = await leaseDeliveries({ order, count: AT_ONCE });
  const startedAt = performance.now();
  // What failed before comes alone.
  const isLast = leased.some(({ attempts }) => attempts >= LAST_ATTEMPT);
  const open = new Map(leased.map((delivery) => [delivery.id, opened(delivery)]));

  let renewedAt = performance.now();
  const undone = await applyAll(
    [...open.values()].flatMap(({ events }) => events),
    {
      isLast,
      stillOurs: async (events) => {
        if (performance.now() - renewedAt > RENEW_AFTER_MS) {
          const ours = await renewLeases([...open.values()]);
          for (const id of open.keys()) if (!ours.has(id)) open.delete(id);
          renewedAt = performance.now();
        }
        return events.filter(({ deliveryId }) => open.has(deliveryId));
      },
      whenLeft: async (left) => {
        const waiting = new Set(left.map(({ deliveryId }) => deliveryId));
        const done = [...open.values()].filter(({ id }) => !waiting.has(id));
        for (const { id } of done) open.delete(id);
        await finish(done, startedAt);
      },
    },
  );
  if (undone !== null) {
    await endLeases([...open.values()]);
    throw undone.cause;
  }
  return leased.length > 0;
}

/** Bytes that bring the reader itself down must not come up again and again. */
function opened(delivery: LeasedDelivery): Opened {
  const source = { deliveryId: delivery.id, receivedAt: delivery.receivedAt, isReplay: delivery.isReplay };
  try {
    const events = readDelivery(delivery);
    const reason = events === null ? "not JSON that we can read" : null;
    return { ...delivery, events: (events ?? []).map((event) => ({ ...event, ...source })), reason };
  } catch (cause) {
    log.error({ event: "delivery.unreadable", id: delivery.id, cause: faultName(cause) });
    return { ...delivery, events: [], reason: faultName(cause) };
  }
}

async function finish(deliveries: readonly Opened[], startedAt: number): Promise<void> {
  const duplicates = await finishDeliveries(deliveries);
  const ms = Math.round(performance.now() - startedAt);
  for (const { id, events } of deliveries) {
    if (!duplicates.has(id)) continue;
    log.info({ event: "delivery.applied", id, events: events.length, duplicates: duplicates.get(id), ms });
  }
}
