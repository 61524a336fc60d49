import "server-only";
import { z } from "zod";
import { prisma } from "#lib/db.ts";
import { ledgerGap } from "./ledger.ts";
import { readLedger } from "./read-ledger.ts";

const figure = z.object({ name: z.string(), label: z.string().nullable(), value: z.number() });
export type Figure = z.infer<typeof figure>;

/** Older days change only by a replay; the screen looks at them. */
const LEDGER_DAYS = 2;

/**
 * The figures operators watch, the same from every process: queues and their ages, how replies ended in a day, how long
 * applying takes, Meta's limits, and whether the books balance. Raw: a dozen counts in one round trip.
 */
export async function findFigures(): Promise<Figure[]> {
  const rows = await prisma.$queryRaw<unknown[]>`
    WITH applied AS (
      SELECT extract(epoch FROM "openedAt" - "receivedAt")::float8 AS seconds FROM raw_delivery
      WHERE state = 'opened' AND source = 'webhook' AND "receivedAt" > now() - interval '10 minutes'
    )
    SELECT 'deliveries_waiting' AS name, NULL AS label, count(*)::float8 AS value FROM raw_delivery WHERE state = 'waiting'
    UNION ALL SELECT 'delivery_oldest_waiting_seconds', NULL, COALESCE(extract(epoch FROM now() - min("receivedAt")), 0)::float8
      FROM raw_delivery WHERE state = 'waiting' AND "stateReason" IS NULL
    UNION ALL SELECT 'deliveries_replaying', NULL, count(*)::float8 FROM raw_delivery WHERE state = 'waiting' AND "stateReason" IS NOT NULL
    UNION ALL SELECT 'events_unapplied', state, count(*)::float8 FROM event WHERE state IN ('waiting', 'parked', 'ignored') GROUP BY state
    UNION ALL SELECT 'apply_seconds', '0.5', COALESCE(percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds), 0) FROM applied
    UNION ALL SELECT 'apply_seconds', '0.95', COALESCE(percentile_cont(0.95) WITHIN GROUP (ORDER BY seconds), 0) FROM applied
    UNION ALL SELECT 'replies_waiting', state, count(*)::float8 FROM reply WHERE state IN ('queued', 'sending', 'unknown') GROUP BY state
    UNION ALL SELECT 'reply_oldest_due_seconds', NULL, COALESCE(extract(epoch FROM now() - min("sendAfter")), 0)::float8
      FROM reply WHERE state = 'queued' AND "sendAfter" <= now()
    UNION ALL SELECT 'sending_paused', COALESCE("pausedWhy", 'no'), count("pausedAt")::float8 FROM sending GROUP BY "pausedWhy"
    UNION ALL SELECT 'replies_settled_last_day', state, count(*)::float8 FROM reply
      WHERE "settledAt" > now() - interval '1 day' GROUP BY state
    UNION ALL SELECT 'control_actions_waiting', NULL, count(*)::float8 FROM control_action WHERE state IN ('queued', 'running')
    UNION ALL SELECT 'graph_limit_used_percent', "pageId", "usagePercent"::float8 FROM page_health WHERE "usagePercent" IS NOT NULL
    UNION ALL SELECT 'page_trouble', "pageId" || ':' || kind, 1::float8 FROM page_trouble`;
  return [...rows.map((row) => figure.parse(row)), ...(await findGaps())];
}

async function findGaps(): Promise<Figure[]> {
  const { days } = await readLedger(LEDGER_DAYS, "UTC");
  const gaps = days.flatMap((day) => ledgerGap(day) ?? []);
  return (["deliveries", "events"] as const).map((label) => ({
    name: "ledger_gap",
    label,
    value: gaps.reduce((sum, gap) => sum + gap[label], 0),
  }));
}
