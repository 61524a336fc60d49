import "server-only";
import { prisma } from "#lib/db.ts";
import { codesOf, faultName } from "#lib/fault-name.ts";
import { announceLeads } from "#lib/live.ts";
import { log } from "#lib/log.ts";
import { applyEvents } from "./apply-events.ts";
import type { EventFate } from "./event-fate.ts";
import type { EventRun } from "./event-runs.ts";
import { parkEvent } from "./park-event.ts";
import type { Source } from "./source.ts";

/** A deadlock or a lost race passes by itself; what fails this often stays failing. */
const TRIES = 3;

/**
 * The database was busy, full, stopping or starting; the event is not to blame. PostgreSQL's classes 08, 40, 53,
 * 57 and 58, a lock or a transaction that took too long, and what Prisma calls the same.
 */
const PASSING = /^(08|40|53|57|58)[0-9A-Z]{3}$|^(55P03|25P03|25006|P1\d{3}|P2024|P2028|P2034)$/;

/**
 * Applies a run of events and tells the screens. A run that keeps failing while the database is well is
 * applied event by event, and the event that fails alone is parked: it hurts only itself. When the database
 * itself fails, or something that passes, this throws, and the delivery comes up again; at last it is parked too.
 */
export async function applyOrPark(run: EventRun, source: Source, isLast = false): Promise<(EventFate | "parked")[]> {
  for (let tried = 1; ; tried += 1) {
    try {
      const { fates, leadIds } = await applyEvents(run, source);
      announceLeads(run.pageId, leadIds);
      return fates;
    } catch (cause) {
      // Raw, because it asks for no table: where even this fails, the database is down, and this throws.
      await prisma.$queryRaw`SELECT 1`;
      if (tried < TRIES) continue;
      if (!isLast && codesOf(cause).some((code) => PASSING.test(code))) throw cause;
      return run.events.length > 1 ? applySingly(run, source, isLast) : parkAll(run, source, faultName(cause));
    }
  }
}

async function applySingly(run: EventRun, source: Source, isLast: boolean): Promise<(EventFate | "parked")[]> {
  const fates: (EventFate | "parked")[] = [];
  for (const event of run.events) fates.push(...(await applyOrPark({ ...run, events: [event] }, source, isLast)));
  return fates;
}

async function parkAll({ pageId, events }: EventRun, source: Source, reason: string): Promise<"parked"[]> {
  for (const event of events) {
    log.error({ event: "event.parked", pageId, kind: event.kind, reason });
    await parkEvent(event, source, reason);
  }
  return events.map(() => "parked");
}
