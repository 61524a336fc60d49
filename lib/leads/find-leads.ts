import "server-only";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import type { Prisma } from "#lib/generated/prisma/client.ts";
import type { LeadFilter } from "./lead-filter.ts";
import { behind, readCursor, type Segment, segmentsOf, writeCursor } from "./lead-order.ts";
import type { LeadRef } from "./lead-ref.ts";
import type { LeadRow } from "./lead-row.ts";
import { leadWhere } from "./lead-where.ts";
import { type ListedLead, listedLead } from "./listed-lead.ts";
import { toLeadRows } from "./to-lead-rows.ts";

export type FindLeadsOptions = {
  cursor?: string | null;
  limit?: number;
  /** Only these, as far as they match: what a live change asks for. */
  refs?: LeadRef[];
  timeZone?: string;
};

const MAX_LIMIT = 200;
/** Up to this many pages a list is merged from one indexed read per page; beyond, one read over all of them. */
const MERGED_PAGES = 20;

/** The leads a filter shows to a viewer, a page at a time, by key. */
export async function findLeads(
  filter: LeadFilter,
  viewer: Viewer,
  options: FindLeadsOptions = {},
): Promise<{ rows: LeadRow[]; nextCursor: string | null }> {
  // To Prisma an empty OR beside other conditions is no condition at all.
  if (options.refs?.length === 0) return { rows: [], nextCursor: null };
  const limit = Math.min(options.limit ?? 50, MAX_LIMIT);
  const cursor = options.cursor == null ? null : readCursor(options.cursor);
  const now = cursor?.now ?? new Date();
  const wanted = options.refs === undefined ? {} : { OR: options.refs.map(({ pageId, id }) => ({ pageId, id })) };
  const where = { AND: [leadWhere(filter, viewer, now, options.timeZone ?? "UTC"), wanted] };
  const pages = await findListedPages(filter, viewer);

  const leads: ListedLead[] = [];
  const segments = segmentsOf(filter.sort, now);
  for (const [index, segment] of segments.entries()) {
    if (index < (cursor?.segment ?? 0)) continue;
    const last = index === cursor?.segment ? cursor.last : null;
    const start = last === null ? {} : behind(segment, last);
    const room = limit - leads.length;
    const found = await readSegment({ AND: [where, segment.where, start] }, segment, pages, room + 1);
    leads.push(...found.slice(0, room));
    if (found.length > room) {
      const nextCursor = writeCursor({ segment: index, last: placeOf(found[room - 1], segment), now });
      return { rows: await toLeadRows(leads, now), nextCursor };
    }
  }
  return { rows: await toLeadRows(leads, now), nextCursor: null };
}

/** No row: the page was full before the segment began. */
function placeOf(lead: ListedLead | undefined, { column }: Segment): { key: Date; id: string } | null {
  const key = lead?.[column];
  return lead === undefined || key == null ? null : { key, id: lead.id };
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
): Promise<ListedLead[]> {
  const read = (pageId: string | { in: string[] }) =>
    prisma.lead.findMany({
      where: { AND: [{ pageId }, where] },
      select: listedLead,
      orderBy: [{ [column]: direction }, { id: direction }],
      take,
    });
  if (pages.length > MERGED_PAGES) return read({ in: pages });
  const lists = await Promise.all(pages.map(read));
  const sign = direction === "asc" ? 1 : -1;
  const time = (lead: ListedLead) => lead[column]?.getTime() ?? 0;
  return lists
    .flat()
    .sort((a, b) => sign * (time(a) - time(b) || (a.id < b.id ? -1 : 1)))
    .slice(0, take);
}
