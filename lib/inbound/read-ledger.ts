import "server-only";
import { z } from "zod";
import { prisma, type Tx } from "#lib/db.ts";
import { Prisma } from "#lib/generated/prisma/client.ts";
import { NO_PAGE } from "#lib/messenger/webhook-place.ts";
import {
  type EventCounts,
  type Ledger,
  type LedgerDay,
  NO_EVENTS,
  type PageBook,
  refusal,
  sumEvents,
} from "./ledger.ts";

const deliveryRow = z.object({
  day: z.string(),
  state: z.enum(["opened", "unreadable", "waiting"]),
  count: z.number(),
});
const lineRow = z.object({
  day: z.string(),
  pageId: z.string(),
  opened: z.number(),
  told: z.number(),
  duplicate: z.number(),
});
const eventRow = z.object({
  day: z.string(),
  pageId: z.string(),
  state: z.enum(["applied", "ignored", "parked", "waiting"]),
  count: z.number(),
});
const refusedRow = z.object({ day: z.string(), why: refusal, count: z.number() });

type EventRow = z.infer<typeof eventRow>;
type LineRow = z.infer<typeof lineRow>;

/**
 * The books of the last days, newest first. All of it is read from one moment: what is opened meanwhile would seem to
 * be missing. Events are counted along the index of their page, and without those of deliveries that are not opened
 * now (in work, failing, being replayed), whose lines count no more than they do.
 */
export async function readLedger(days: number, timeZone: string): Promise<Ledger> {
  const read = await prisma.$transaction((tx) => readAll(tx, days, timeZone), { isolationLevel: "RepeatableRead" });
  const lines = joined(read.lines, read.unopenedLines, (a, b) => ({
    ...a,
    opened: a.opened - b.opened,
    told: a.told - b.told,
    duplicate: a.duplicate - b.duplicate,
  }));
  const events = joined(read.events, read.unopenedEvents, (a, b) => ({ ...a, count: a.count - b.count }));
  const names = new Map(read.pages.map(({ id, name }) => [id, name]));
  const all = new Set([...read.deliveries, ...lines, ...events, ...read.refused].map(({ day }) => day));
  return {
    days: [...all]
      .toSorted()
      .reverse()
      .map((day): LedgerDay => {
        const pages = pagesOf(
          lines.filter((row) => row.day === day),
          events.filter((row) => row.day === day),
          names,
        );
        return {
          day,
          deliveries: deliveriesOf(read.deliveries.filter((row) => row.day === day)),
          events: sumEvents(pages.map((page) => page.events)),
          pages,
          refused: read.refused.filter((row) => row.day === day).map(({ why, count }) => ({ why, count })),
        };
      }),
    oldestWaitingAt: read.oldest?.receivedAt ?? null,
  };
}

/** Raw: counts by day of the viewer's zone, each as one walk along an index. */
async function readAll(tx: Tx, count: number, timeZone: string) {
  // Half a million deliveries take a second or two; a busy machine must not make an error of it.
  await tx.$executeRaw`SET LOCAL statement_timeout = '15s'`;
  const days = await tx.$queryRaw<{ day: string; since: Date; until: Date }[]>`
    SELECT day::date::text AS day, day AT TIME ZONE ${timeZone} AS since, (day + interval '1 day') AT TIME ZONE ${timeZone} AS until
    FROM generate_series(0, ${count - 1}::int) AS ago,
      LATERAL (SELECT date_trunc('day', now() AT TIME ZONE ${timeZone}) - make_interval(days => ago) AS day) one`;
  const asked = Prisma.sql`
    jsonb_to_recordset(${JSON.stringify(days)}::jsonb) AS day (day text, since timestamptz, until timestamptz)`;
  const deliveries = await tx.$queryRaw<unknown[]>`
    SELECT day, state, count FROM ${asked}, unnest(ARRAY['waiting', 'opened', 'unreadable']) AS fate (state), LATERAL (
      SELECT count(*)::int AS count FROM raw_delivery d
      WHERE d.state = fate.state AND d."receivedAt" >= since AND d."receivedAt" < until) counted
    WHERE count > 0`;
  const lines = await tx.$queryRaw<unknown[]>`
    SELECT day, "pageId", opened, told, duplicate FROM ${asked}, LATERAL (
      SELECT "pageId", count(*)::int AS opened, sum("eventCount")::int AS told, sum("duplicateCount")::int AS duplicate
      FROM delivery_page WHERE "receivedAt" >= since AND "receivedAt" < until GROUP BY 1) counted`;
  const pages = await tx.page.findMany({ select: { id: true, name: true } });
  const told = lines.map((row) => lineRow.parse(row));
  const pageIds = [...new Set([...told.map(({ pageId }) => pageId), ...pages.map(({ id }) => id)])];
  const events = await tx.$queryRaw<unknown[]>`
    SELECT day, "pageId", state, count FROM ${asked}, unnest(${pageIds}::text[]) AS page ("pageId"),
      unnest(ARRAY['applied', 'ignored', 'parked', 'waiting']) AS fate (state), LATERAL (
        SELECT count(*)::int AS count FROM event e
        WHERE e."pageId" = page."pageId" AND e.state = fate.state AND e."receivedAt" >= since AND e."receivedAt" < until) counted
    WHERE count > 0`;
  const unopenedLines = await tx.$queryRaw<unknown[]>`
    SELECT day, p."pageId", count(*)::int AS opened, sum(p."eventCount")::int AS told, sum(p."duplicateCount")::int AS duplicate
    FROM ${asked} JOIN raw_delivery d ON d."receivedAt" >= since AND d."receivedAt" < until
    JOIN delivery_page p ON p."receivedAt" = d."receivedAt" AND p."deliveryId" = d.id
    WHERE d.state = 'waiting' AND d."stateReason" IS NOT NULL GROUP BY 1, 2`;
  // Those that nobody has begun to open have no events.
  const unopenedEvents = await tx.$queryRaw<unknown[]>`
    SELECT day, e."pageId", e.state, count(*)::int AS count
    FROM ${asked} JOIN raw_delivery d ON d."receivedAt" >= since AND d."receivedAt" < until
    JOIN event e ON e."pageId" = ANY (${pageIds}) AND e.state IN ('applied', 'ignored', 'parked', 'waiting')
      AND e."receivedAt" = d."receivedAt" AND e."deliveryId" = d.id
    WHERE d.state = 'waiting' AND (d.attempts > 0 OR d."stateReason" IS NOT NULL) GROUP BY 1, 2, 3`;
  const refused = await tx.$queryRaw<unknown[]>`
    SELECT r.day::text, r.why, r.count FROM ${asked} JOIN refused_request r ON r.day = day.day::date ORDER BY why`;
  const oldest = await tx.rawDelivery.findFirst({
    where: { state: "waiting", stateReason: null },
    select: { receivedAt: true },
    orderBy: { receivedAt: "asc" },
  });
  return {
    deliveries: deliveries.map((row) => deliveryRow.parse(row)),
    lines: told,
    events: events.map((row) => eventRow.parse(row)),
    unopenedLines: unopenedLines.map((row) => lineRow.parse(row)),
    unopenedEvents: unopenedEvents.map((row) => eventRow.parse(row)),
    refused: refused.map((row) => refusedRow.parse(row)),
    pages,
    oldest,
  };
}

/** Each row less the one of the same day, page and state, where there is one. */
function joined<T extends { day: string; pageId: string; state?: string }>(
  rows: readonly T[],
  less: readonly T[],
  subtract: (row: T, other: T) => T,
): T[] {
  const keyOf = ({ day, pageId, state }: T) => JSON.stringify([day, pageId, state]);
  const others = new Map(less.map((row) => [keyOf(row), row]));
  return rows.map((row) => {
    const other = others.get(keyOf(row));
    return other === undefined ? row : subtract(row, other);
  });
}

function deliveriesOf(rows: readonly z.infer<typeof deliveryRow>[]): LedgerDay["deliveries"] {
  const count = (state: string) => rows.find((row) => row.state === state)?.count ?? 0;
  const kept = rows.reduce((sum, row) => sum + row.count, 0);
  return { kept, opened: count("opened"), unreadable: count("unreadable"), waiting: count("waiting") };
}

function pagesOf(lines: LineRow[], events: EventRow[], names: ReadonlyMap<string, string>): PageBook[] {
  const pageIds = new Set([...lines, ...events].map(({ pageId }) => pageId));
  const books = [...pageIds].map((pageId): PageBook => {
    const { opened = 0, told = 0, duplicate = 0 } = lines.find((row) => row.pageId === pageId) ?? {};
    const counts: EventCounts = { ...NO_EVENTS, told, duplicate };
    for (const row of events) if (row.pageId === pageId) counts[row.state] += row.count;
    return { pageId, name: names.get(pageId) ?? (pageId === NO_PAGE ? "" : pageId), opened, events: counts };
  });
  // A page of which only unopened deliveries tell has no line yet.
  return books
    .filter(({ opened, events: counts }) => opened > 0 || Object.values(counts).some((count) => count !== 0))
    .toSorted((a, b) => b.events.told - a.events.told || a.name.localeCompare(b.name));
}
