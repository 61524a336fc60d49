import "server-only";
import { prisma } from "#lib/db.ts";
import { announceLeads } from "#lib/live.ts";
import { lockThread } from "#lib/threads/lock-thread.ts";
import type { ThreadKey } from "#lib/threads/thread-key.ts";
import { refoldThread } from "./refold-thread.ts";
import { refreshLeads } from "./refresh-leads.ts";

/** After something other than an event changed a thread: brings its leads up to date and tells the screens. */
export async function retellThread(thread: ThreadKey): Promise<void> {
  const key = { pageId: thread.pageId, psid: thread.psid };
  const leadIds = await prisma.$transaction(async (tx) => {
    await lockThread(tx, key);
    await refoldThread(tx, key);
    return refreshLeads(tx, key);
  });
  announceLeads(key.pageId, leadIds);
}
