import "server-only";
import { prisma } from "#lib/db.ts";
import { announceLeads } from "#lib/live.ts";
import type { ThreadKey } from "#lib/threads/thread-key.ts";

/** Tells the screens that something of a thread can be seen now that changes none of its leads' figures. */
export async function announceThread({ pageId, psid }: ThreadKey): Promise<void> {
  const leads = await prisma.lead.updateManyAndReturn({
    where: { pageId, psid },
    data: { changedAt: new Date() },
    select: { id: true },
  });
  announceLeads(
    pageId,
    leads.map(({ id }) => id),
  );
}
