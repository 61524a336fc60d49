import "server-only";
import { prisma } from "#lib/db.ts";
import { announceLeads } from "#lib/live.ts";
import { log } from "#lib/log.ts";
import type { MetaEvent } from "#lib/messenger/meta-event.ts";
import { type ApplyOutcome, applyEvent } from "./apply-event.ts";
import { parkEvent } from "./park-event.ts";
import type { Source } from "./source.ts";

/** A deadlock or a lost race passes by itself; what fails this often stays failing. */
const TRIES = 3;

/**
 * Applies one event and tells the screens. An event that keeps failing while the database is well is parked;
 * when the database itself fails, this throws, and the delivery comes up again with its next lease.
 */
export async function applyOrPark(event: MetaEvent, source: Source): Promise<ApplyOutcome["outcome"] | "parked"> {
  for (let tried = 1; ; tried += 1) {
    try {
      const result = await applyEvent(event, source);
      if (result.outcome === "applied") announceLeads(event.pageId, result.leadIds);
      return result.outcome;
    } catch (cause) {
      await prisma.$queryRaw`SELECT 1`;
      if (tried < TRIES) continue;
      const reason = reasonOf(cause);
      log.error({ event: "event.parked", pageId: event.pageId, kind: event.kind, reason });
      await parkEvent(event, source, reason);
      return "parked";
    }
  }
}

/** The error's own words may quote what people wrote; its class and code say enough. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return "failed";
  const code = "code" in cause && typeof cause.code === "string" ? ` ${cause.code}` : "";
  return `${cause.name}${code}`.slice(0, 200);
}
