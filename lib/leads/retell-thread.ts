import "server-only";
import { prisma } from "#lib/db.ts";
import { announceLeads } from "#lib/live.ts";
import { lockThread } from "#lib/threads/lock-thread.ts";
import type { ThreadKey } from "#lib/threads/thread-key.ts";
import { refoldThreads } from "./refold-threads.ts";
import { refreshLeads } from "./refresh-leads.ts";

/** After something other than an event changed a thread: brings its leads up to date and tells the screens. */
export async function retellThread({ pageId, psid }: ThreadKey): Promise<void> {
  const leadIds = await prisma.$transaction(async (tx) => {
    await lockThread(tx, { pageId, psid });
    await refoldThreads(tx, pageId, [psid]);
    return refreshLeads(tx, pageId, [psid]);
  });
  announceLeads(pageId, leadIds);
}
