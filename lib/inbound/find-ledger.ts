import "server-only";
import { z } from "zod";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { type Ledger, type LedgerDay, refusal } from "./ledger.ts";

const DAYS = 14;

const deliveryRow = z.object({
  day: z.string(),
  kept: z.number(),
  opened: z.number(),
  unreadable: z.number(),
  waiting: z.number(),
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

/**
 * The books of the last two weeks, newest day first; null for those who do not look after the whole house: a
 * delivery may hold events of several pages. Raw: counts by day of the viewer's zone over two tables.
 */
export async function findLedger(viewer: Viewer, timeZone: string): Promise<Ledger | null> {
  if (viewer.role === "agent" || viewer.pageIds !== null) return null;
  const [deliveries, events, refused, oldest, pages] = await Promise.all([
    prisma.$queryRaw<unknown[]>`
      SELECT to_char("receivedAt" AT TIME ZONE ${timeZone}, 'YYYY-MM-DD') AS day, count(*)::int AS kept,
        (count(*) FILTER (WHERE state = 'opened'))::int AS opened,
        (count(*) FILTER (WHERE state = 'unreadable'))::int AS unreadable,
        (count(*) FILTER (WHERE state = 'waiting'))::int AS waiting,
        COALESCE(sum("eventCount") FILTER (WHERE state = 'opened'), 0)::int AS told,
        COALESCE(sum("duplicateCount") FILTER (WHERE state = 'opened'), 0)::int AS duplicate
      FROM raw_delivery WHERE "receivedAt" > now() - make_interval(days => ${DAYS}) GROUP BY 1 ORDER BY 1 DESC`,
    prisma.$queryRaw<unknown[]>`
      SELECT to_char(d."receivedAt" AT TIME ZONE ${timeZone}, 'YYYY-MM-DD') AS day, e."pageId", e.state, count(*)::int AS count
      FROM event e JOIN raw_delivery d ON d.id = e."deliveryId" AND d.state = 'opened'
      WHERE d."receivedAt" > now() - make_interval(days => ${DAYS}) GROUP BY 1, 2, 3`,
    prisma.$queryRaw<unknown[]>`
      SELECT to_char(day, 'YYYY-MM-DD') AS day, why, count FROM refused_request
      WHERE day > now() - make_interval(days => ${DAYS}) ORDER BY why`,
    prisma.rawDelivery.findFirst({
      where: { state: "waiting" },
      select: { receivedAt: true },
      orderBy: { receivedAt: "asc" },
    }),
    prisma.page.findMany({ select: { id: true, name: true } }),
  ]);
  const became = events.map((row) => eventRow.parse(row));
  const turnedAway = refused.map((row) => refusedRow.parse(row));
  const days = deliveries.map((row) => bookOf(deliveryRow.parse(row), became, turnedAway));
  // A day on which everybody was turned away has no delivery, and is told all the more.
  for (const { day } of turnedAway) {
    if (!days.some((one) => one.day === day)) days.push(bookOf({ ...EMPTY, day }, became, turnedAway));
  }
  return {
    days: days.toSorted((a, b) => (a.day < b.day ? 1 : -1)),
    pages: [...Map.groupBy(became, ({ pageId }) => pageId)].map(([pageId, rows]) => ({
      pageId,
      name: pages.find(({ id }) => id === pageId)?.name ?? pageId,
      ...statesOf(rows),
    })),
    oldestWaitingAt: oldest?.receivedAt ?? null,
  };
}

const EMPTY = { kept: 0, opened: 0, unreadable: 0, waiting: 0, told: 0, duplicate: 0 };

type EventRow = z.infer<typeof eventRow>;

function bookOf(
  { day, told, duplicate, ...deliveries }: z.infer<typeof deliveryRow>,
  became: readonly EventRow[],
  refused: readonly z.infer<typeof refusedRow>[],
): LedgerDay {
  return {
    day,
    deliveries,
    events: { told, duplicate, ...statesOf(became.filter((row) => row.day === day)) },
    refused: refused.filter((row) => row.day === day).map(({ why, count }) => ({ why, count })),
  };
}

function statesOf(rows: readonly EventRow[]): { applied: number; ignored: number; parked: number; waiting: number } {
  const sum = (state: EventRow["state"]) =>
    rows.filter((row) => row.state === state).reduce((total, { count }) => total + count, 0);
  return { applied: sum("applied"), ignored: sum("ignored"), parked: sum("parked"), waiting: sum("waiting") };
}
