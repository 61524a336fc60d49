import "server-only";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import type { LeadFilter } from "./lead-filter.ts";
import type { LeadRef } from "./lead-ref.ts";
import type { LeadRow } from "./lead-row.ts";
import { leadWhere } from "./lead-where.ts";
import { toLeadRows } from "./to-lead-rows.ts";

/** Of these leads, those the filter shows to the viewer, as they are now: what a live change asks for. */
export async function findLeadsByRef(
  filter: LeadFilter,
  viewer: Viewer,
  refs: readonly LeadRef[],
  timeZone = "UTC",
): Promise<LeadRow[]> {
  // To Prisma an empty OR beside other conditions is no condition at all.
  if (refs.length === 0) return [];
  const now = new Date();
  const byPage = Map.groupBy(refs, ({ pageId }) => pageId);
  const wanted = [...byPage].map(([pageId, own]) => ({ pageId, id: { in: own.map(({ id }) => id) } }));
  const leads = await prisma.lead.findMany({
    where: { AND: [leadWhere(filter, viewer, now, timeZone), { OR: wanted }] },
    select: { pageId: true, id: true },
  });
  return toLeadRows(leads, now);
}
