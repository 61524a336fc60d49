import "server-only";
import { faultName } from "#lib/fault-name.ts";
import { log } from "#lib/log.ts";
import type { MetaEvent } from "#lib/messenger/meta-event.ts";
import { applyOrPark } from "./apply-or-park.ts";
import { endLease } from "./end-lease.ts";
import { eventRuns } from "./event-runs.ts";
import { finishDelivery } from "./finish-delivery.ts";
import { type LeasedDelivery, type LeaseOrder, leaseDeliveries } from "./lease-deliveries.ts";
import { readDelivery } from "./read-delivery.ts";
import { renewLease } from "./renew-lease.ts";

/** Well within the lease of 20 s. */
const RENEW_AFTER_MS = 5_000;
/** With the pauses between them, hours: what has not passed by then is parked. */
const LAST_ATTEMPT = 20;

/**
 * Opens and applies a waiting delivery. False when none waits. Throws when something of it must be
 * tried again later; the rest of it is applied by then.
 */
export async function applyDelivery(order: LeaseOrder = "oldest"): Promise<boolean> {
  const [delivery] = await leaseDeliveries({ order, count: 1 });
  if (delivery === undefined) return false;
  const startedAt = performance.now();
  const { events, reason } = open(delivery);
  const isApplied = await applyAll(delivery, events);
  // Somebody else works on it by now. What we applied stays applied, and they will find it so.
  if (!isApplied) return true;

  const duplicates = await finishDelivery(delivery, reason, events);
  const ms = Math.round(performance.now() - startedAt);
  log.info({ event: "delivery.applied", id: delivery.id, events: events.length, duplicates, ms });
  return true;
}

/** Bytes that bring the reader itself down must not come up again and again. */
function open(delivery: LeasedDelivery): { events: MetaEvent[]; reason: string | null } {
  try {
    const events = readDelivery(delivery);
    return { events: events ?? [], reason: events === null ? "not JSON that we can read" : null };
  } catch (cause) {
    log.error({ event: "delivery.unreadable", id: delivery.id, cause: faultName(cause) });
    return { events: [], reason: faultName(cause) };
  }
}

/** False when the lease was lost underway. */
async function applyAll(delivery: LeasedDelivery, events: readonly MetaEvent[]): Promise<boolean> {
  const source = { deliveryId: delivery.id, receivedAt: delivery.receivedAt, isReplay: delivery.isReplay };
  const isLast = delivery.attempts >= LAST_ATTEMPT;
  let failure: { cause: unknown } | null = null;
  let renewedAt = performance.now();
  for (const run of eventRuns(events)) {
    if (performance.now() - renewedAt > RENEW_AFTER_MS) {
      if (!(await renewLease(delivery))) return false;
      renewedAt = performance.now();
    }
    try {
      await applyOrPark(run, source, isLast);
    } catch (cause) {
      failure ??= { cause };
    }
  }
  if (failure === null) return true;
  await endLease(delivery);
  throw failure.cause;
}
