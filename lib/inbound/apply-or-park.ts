import "server-only";
import { prisma } from "#lib/db.ts";
import { announceLeads } from "#lib/live.ts";
import { log } from "#lib/log.ts";
import { applyEvents } from "./apply-events.ts";
import type { EventFate } from "./claim-events.ts";
import type { EventRun } from "./event-runs.ts";
import { parkEvent } from "./park-event.ts";
import type { Source } from "./source.ts";

/** A deadlock or a lost race passes by itself; what fails this often stays failing. */
const TRIES = 3;

/**
 * Applies a run of events and tells the screens. A run that keeps failing while the database is well is
 * applied event by event, and the event that fails alone is parked: it hurts only itself. When the database
 * itself fails, this throws, and the delivery comes up again with its next lease.
 */
export async function applyOrPark(run: EventRun, source: Source): Promise<(EventFate | "parked")[]> {
  for (let tried = 1; ; tried += 1) {
    try {
      const { fates, leadIds } = await applyEvents(run, source);
      announceLeads(run.pageId, leadIds);
      return fates;
    } catch (cause) {
      await prisma.$queryRaw`SELECT 1`;
      if (tried < TRIES) continue;
      return run.events.length > 1 ? applySingly(run, source) : parkAll(run, source, reasonOf(cause));
    }
  }
}

async function applySingly(run: EventRun, source: Source): Promise<(EventFate | "parked")[]> {
  const fates: (EventFate | "parked")[] = [];
  for (const event of run.events) fates.push(...(await applyOrPark({ ...run, events: [event] }, source)));
  return fates;
}

async function parkAll({ pageId, events }: EventRun, source: Source, reason: string): Promise<"parked"[]> {
  for (const event of events) {
    log.error({ event: "event.parked", pageId, kind: event.kind, reason });
    await parkEvent(event, source, reason);
  }
  return events.map(() => "parked");
}

/** The error's own words may quote what people wrote; its class and code say enough. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return "failed";
  const code = "code" in cause && typeof cause.code === "string" ? ` ${cause.code}` : "";
  return `${cause.name}${code}`.slice(0, 200);
}
