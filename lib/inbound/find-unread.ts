import "server-only";
import { databaseNow } from "#lib/database-now.ts";
import { prisma } from "#lib/db.ts";
import type { Conversation } from "#lib/messenger/list-conversations.ts";
import type { ReconcileTask } from "./reconcile-cursor.ts";

const SECOND = 1000;
/** Meta's clock is not ours. */
const CLOCKS_MS = 60 * SECOND;

/**
 * Those that may hold something we have not read, or not since then. Who may hold a thread otherwise than we think is asked for by itself.
 */
export async function findUnread(
  pageId: string,
  conversations: readonly Conversation[],
  startedAt: Date,
): Promise<ReconcileTask[]> {
  const page = await prisma.page.findUnique({ where: { id: pageId }, select: { graphId: true } });
  const found = conversations.flatMap(({ participants, ...conversation }) => {
    const person = participants.find(({ id }) => id !== pageId && id !== page?.graphId);
    return person === undefined ? [] : [{ ...conversation, psid: person.id, name: person.name ?? person.username }];
  });
  const threads = await prisma.thread.findMany({
    where: { pageId, psid: { in: found.map(({ psid }) => psid) } },
    select: { psid: true, historyReadAt: true, control: true },
  });
  const known = new Map(threads.map((thread) => [thread.psid, thread]));
  const mistaken = found.filter(({ psid, isOwner }) => {
    const thread = known.get(psid);
    return thread !== undefined && isOwner !== null && isOwner !== (thread.control === "ours");
  });
  await prisma.thread.updateMany({
    where: { pageId, psid: { in: mistaken.map(({ psid }) => psid) }, refreshDueAt: null },
    data: { refreshDueAt: await databaseNow(prisma), refreshTries: 0 },
  });
  return found
    .filter(({ psid, updatedAt }) => {
      const readAt = known.get(psid)?.historyReadAt ?? null;
      if (readAt === null || updatedAt === null) return true;
      return readAt.getTime() < updatedAt.getTime() + (readAt < startedAt ? CLOCKS_MS : SECOND);
    })
    .map(({ id, psid, name }) => ({ what: "messages", psid, id, name, tries: 0 }));
}
