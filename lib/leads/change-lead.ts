import "server-only";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma, type Tx } from "#lib/db.ts";
import { announceLeads } from "#lib/live.ts";
import type { LeadRef } from "./lead-ref.ts";
import { visibleTo } from "./visible-to.ts";

/**
 * Runs a change of one lead the viewer may see, in a transaction, and tells the screens afterwards. The
 * change finds the lead's id where an alias was named. Null when there is no such lead for this viewer.
 */
export async function changeLead<T>(
  named: LeadRef,
  viewer: Viewer,
  change: (tx: Tx, lead: { pageId: string; id: string; psid: string }) => Promise<T>,
): Promise<T | null> {
  const done = await prisma.$transaction(async (tx) => {
    const alias = await tx.leadAlias.findUnique({
      where: { pageId_aliasId: { pageId: named.pageId, aliasId: named.id } },
      select: { leadId: true },
    });
    const lead = await tx.lead.findFirst({
      where: { AND: [{ pageId: named.pageId, id: alias?.leadId ?? named.id }, visibleTo(viewer)] },
      select: { pageId: true, id: true, psid: true },
    });
    return lead === null ? null : { id: lead.id, result: await change(tx, lead) };
  });
  if (done === null) return null;
  announceLeads(named.pageId, [done.id]);
  return done.result;
}
