import "server-only";
import { z } from "zod";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { Prisma } from "#lib/generated/prisma/client.ts";
import type { DeliveryFilter, DeliveryList, DeliveryPlace } from "./kept-delivery.ts";

const AT_ONCE = 50;

const row = z.object({
  id: z.string(),
  receivedAt: z.date(),
  source: z.enum(["webhook", "history"]),
  bytes: z.number(),
  state: z.enum(["waiting", "opened", "unreadable"]),
  isReplay: z.boolean(),
  eventCount: z.number(),
  duplicateCount: z.number(),
});

type Wish = {
  /** YYYY-MM-DD, by this zone. */
  day: string;
  timeZone: string;
  only: DeliveryFilter;
  /** Of a page it is known what opened deliveries held for it. */
  pageId: string | null;
  after: DeliveryPlace | null;
};

/**
 * The deliveries of a day, newest first, by key; null for those who do not look after the whole house. Raw, because
 * which table is walked depends on what is asked for: deliveries by state, a page's lines, or events by state.
 */
export async function findDeliveries(viewer: Viewer, wish: Wish): Promise<DeliveryList | null> {
  if (viewer.role === "agent" || viewer.pageIds !== null) return null;
  const { after } = wish;
  const ids = await prisma.$queryRaw<{ id: string }[]>`
    WITH day AS (
      SELECT ${wish.day}::date::timestamp AT TIME ZONE ${wish.timeZone} AS since,
        (${wish.day}::date + 1)::timestamp AT TIME ZONE ${wish.timeZone} AS until),
    found AS (${candidates(wish)})
    SELECT DISTINCT id, "receivedAt" FROM found
    WHERE (${after === null} OR ("receivedAt", id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    ORDER BY "receivedAt" DESC, id DESC LIMIT ${AT_ONCE + 1}`;
  const rows = await prisma.$queryRaw<unknown[]>`
    SELECT id, "receivedAt", source, octet_length(body) AS bytes, state, "eventCount", "duplicateCount",
      "stateReason" IS NOT DISTINCT FROM 'replay' AS "isReplay"
    FROM raw_delivery WHERE id = ANY (${ids.slice(0, AT_ONCE).map(({ id }) => id)}::uuid[])
    ORDER BY "receivedAt" DESC, id DESC`;
  const read = rows.map((one) => row.parse(one));
  const last = ids.length > AT_ONCE ? read.at(-1) : undefined;
  return { rows: read, next: last === undefined ? null : `${last.receivedAt.getTime()}.${last.id}` };
}

/** What is looked through, each part along an index that begins with what is asked for. */
function candidates({ only, pageId }: Wish): Prisma.Sql {
  const ofPage = pageId === null ? Prisma.empty : Prisma.sql`AND line."pageId" = ${pageId}`;
  if (only === "parked" || only === "ignored") {
    return Prisma.sql`
      SELECT d.id, d."receivedAt" FROM day, (SELECT DISTINCT "pageId" FROM delivery_page line, day
          WHERE line."receivedAt" >= day.since AND line."receivedAt" < day.until ${ofPage}) page
      JOIN event e ON e."pageId" = page."pageId" AND e.state = ${only}
      JOIN raw_delivery d ON d.id = e."deliveryId"
      WHERE e."receivedAt" >= day.since AND e."receivedAt" < day.until`;
  }
  if (pageId !== null && only === "all") {
    return Prisma.sql`
      SELECT line."deliveryId" AS id, line."receivedAt" FROM day, delivery_page line
      WHERE line."receivedAt" >= day.since AND line."receivedAt" < day.until ${ofPage}`;
  }
  const states = only === "all" ? ["waiting", "opened", "unreadable"] : [only];
  return Prisma.sql`
    SELECT d.id, d."receivedAt" FROM day, raw_delivery d
    WHERE d.state = ANY (${states}) AND d."receivedAt" >= day.since AND d."receivedAt" < day.until`;
}
