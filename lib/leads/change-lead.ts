import "server-only";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma, type Tx } from "#lib/db.ts";
import { announceLeads } from "#lib/live.ts";
import { lockThread } from "#lib/threads/lock-thread.ts";
import type { LeadRef } from "./lead-ref.ts";
import { resolveLead } from "./resolve-lead.ts";

/**
 * Runs a change of one lead the viewer may see, in a transaction, and tells the screens afterwards. The
 * change finds the lead's id where an alias was named. The thread is held, because an event that joins this
 * lead into another would take the change down with it. Null when there is no such lead for this viewer.
 */
export async function changeLead<T>(
  named: LeadRef,
  viewer: Viewer,
  change: (tx: Tx, lead: { pageId: string; id: string; psid: string | null }) => Promise<T>,
): Promise<T | null> {
  const done = await prisma.$transaction(async (tx) => {
    const found = await resolveLead(tx, named, viewer);
    if (found === null) return null;
    if (found.psid !== null) await lockThread(tx, { pageId: found.pageId, psid: found.psid });
    const lead = await resolveLead(tx, named, viewer);
    return lead === null ? null : { id: lead.id, result: await change(tx, lead) };
  });
  if (done === null) return null;
  announceLeads(named.pageId, [done.id]);
  return done.result;
}
