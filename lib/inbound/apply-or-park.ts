import "server-only";
import { prisma } from "#lib/db.ts";
import { codesOf, faultName } from "#lib/fault-name.ts";
import { announceLeads } from "#lib/live.ts";
import { log } from "#lib/log.ts";
import { applyEvents } from "./apply-events.ts";
import type { EventBatch } from "./event-batches.ts";
import { psidOf } from "./event-runs.ts";
import { parkEvent } from "./park-event.ts";
import type { KeptEvent } from "./source.ts";

/** A deadlock or a lost race passes by itself; what fails this often stays failing. */
const TRIES = 3;

/**
 * The database was busy, full, stopping or starting; the event is not to blame. PostgreSQL's classes 08, 40, 53,
 * 57 and 58, a lock or a transaction that took too long, and what Prisma calls the same.
 */
const PASSING = /^(08|40|53|57|58)[0-9A-Z]{3}$|^(55P03|25P03|25006|P1\d{3}|P2024|P2028|P2034)$/;

/**
 * Applies a batch of events and tells the screens. Returns what of it is to be done by itself: threads that somebody
 * else holds, or all of it where something in it fails. One thread alone that keeps failing while the database is well
 * is applied event by event, and the event that fails alone is parked: it hurts only itself. When the database itself
 * fails, or something that passes, this throws, and the events come up again; at last they are parked too.
 */
export async function applyOrPark(batch: EventBatch, isLast = false): Promise<KeptEvent[]> {
  const isOfMany = new Set(batch.events.map(psidOf)).size > 1;
  for (let tried = 1; ; tried += 1) {
    try {
      const { busy, leadIds } = await applyEvents(batch);
      announceLeads(batch.pageId, leadIds);
      return busy;
    } catch (cause) {
      // Raw, because it asks for no table: where even this fails, the database is down, and this throws.
      await prisma.$queryRaw`SELECT 1`;
      if (isOfMany) return batch.events;
      if (tried < TRIES) continue;
      if (!isLast && codesOf(cause).some((code) => PASSING.test(code))) throw cause;
      if (batch.events.length > 1) await applySingly(batch, isLast);
      else await park(batch, faultName(cause));
      return [];
    }
  }
}

async function applySingly({ pageId, events }: EventBatch, isLast: boolean): Promise<void> {
  for (const event of events) await applyOrPark({ pageId, events: [event] }, isLast);
}

async function park({ pageId, events }: EventBatch, reason: string): Promise<void> {
  for (const event of events) {
    log.error({ event: "event.parked", pageId, kind: event.kind, reason });
    await parkEvent(event, reason);
  }
}
