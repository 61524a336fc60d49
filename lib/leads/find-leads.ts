import "server-only";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import type { Prisma } from "#lib/generated/prisma/client.ts";
import type { LeadFilter } from "./lead-filter.ts";
import { behind, readCursor, type Segment, segmentsOf, writeCursor } from "./lead-order.ts";
import type { LeadRef } from "./lead-ref.ts";
import type { LeadRow } from "./lead-row.ts";
import { leadWhere } from "./lead-where.ts";
import { toLeadRows } from "./to-lead-rows.ts";

export type FindLeadsOptions = {
  cursor?: string | null;
  limit?: number;
  timeZone?: string;
};

/** A lead and what its segment is sorted by. */
type Place = LeadRef & { key: Date | null };

const MAX_LIMIT = 200;
/** Up to this many pages a list is merged from one indexed read per page; beyond, one read over all of them. */
const MERGED_PAGES = 20;

/** The leads a filter shows to a viewer, a page at a time, by key. */
export async function findLeads(
  filter: LeadFilter,
  viewer: Viewer,
  options: FindLeadsOptions = {},
): Promise<{ rows: LeadRow[]; nextCursor: string | null }> {
  const limit = Math.min(options.limit ?? 50, MAX_LIMIT);
  const cursor = options.cursor == null ? null : readCursor(options.cursor);
  const now = cursor?.now ?? new Date();
  const where = leadWhere(filter, viewer, now, options.timeZone ?? "UTC");
  const pages = await findListedPages(filter, viewer);

  const leads: Place[] = [];
  const segments = segmentsOf(filter.sort, now);
  for (const [index, segment] of segments.entries()) {
    if (index < (cursor?.segment ?? 0)) continue;
    const last = index === cursor?.segment ? cursor.last : null;
    const start = last === null ? {} : behind(segment, last);
    const room = limit - leads.length;
    const found = await readSegment({ AND: [where, segment.where, start] }, segment, pages, room + 1);
    leads.push(...found.slice(0, room));
    if (found.length > room) {
      const nextCursor = writeCursor({ segment: index, last: placeOf(found[room - 1]), now });
      return { rows: await toLeadRows(leads, now), nextCursor };
    }
  }
  return { rows: await toLeadRows(leads, now), nextCursor: null };
}

/** No row: the page was full before the segment began. */
function placeOf(lead: Place | undefined): { key: Date; id: string } | null {
  return lead === undefined || lead.key === null ? null : { key: lead.key, id: lead.id };
}

async function findListedPages(filter: LeadFilter, viewer: Viewer): Promise<string[]> {
  const pages = await prisma.page.findMany({
    where: {
      AND: [
        viewer.pageIds === null ? {} : { id: { in: viewer.pageIds } },
        filter.page.length === 0 ? {} : { id: { in: filter.page } },
      ],
    },
    select: { id: true },
    take: 10_000,
  });
  return pages.map(({ id }) => id);
}

async function readSegment(
  where: Prisma.LeadWhereInput,
  { column, direction }: Segment,
  pages: string[],
  take: number,
): Promise<Place[]> {
  const read = async (pageId: string | { in: string[] }): Promise<Place[]> => {
    const leads = await prisma.lead.findMany({
      where: { AND: [{ pageId }, where] },
      select: { pageId: true, id: true, lastActivityAt: true, waitingSince: true, freeUntil: true },
      orderBy: [{ [column]: direction }, { id: direction }],
      take,
    });
    return leads.map((lead) => ({ pageId: lead.pageId, id: lead.id, key: lead[column] }));
  };
  if (pages.length > MERGED_PAGES) return read({ in: pages });
  const lists = await Promise.all(pages.map(read));
  const sign = direction === "asc" ? 1 : -1;
  const time = ({ key }: Place) => key?.getTime() ?? 0;
  return lists
    .flat()
    .sort((a, b) => sign * (time(a) - time(b) || (a.id < b.id ? -1 : 1)))
    .slice(0, take);
}
