import "server-only";
import type { Tx } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import type { ConversationRead, ThreadOwner } from "#lib/messenger/meta-event.ts";
import { ownerFact } from "./control-owner.ts";
import type { ThreadNews } from "./thread-news.ts";

/**
 * Writes that a conversation's history was read up to a moment, and who held the thread then, where Meta said so.
 * The moment only moves forward. Raw, because Prisma cannot say GREATEST.
 */
export async function recordConversation(tx: Tx, event: ConversationRead | ThreadOwner): Promise<ThreadNews> {
  const { pageId, psid, at } = event;
  if (event.kind === "thread_owner") {
    return { facts: [ownerFact({ of: "thread_owner", owner: event.owner }, at, env.META_APP_ID)] };
  }
  await tx.$executeRaw`
    UPDATE thread SET "conversationId" = COALESCE(${event.conversationId}, "conversationId"),
      "historyReadAt" = GREATEST("historyReadAt", ${event.isRead ? at : null}::timestamptz)
    WHERE "pageId" = ${pageId} AND psid = ${psid}`;
  if (event.name !== null) {
    await tx.person.updateMany({
      where: { pageId, psid, fullName: null },
      data: { fullName: event.name, nameSource: "conversation" },
    });
  }
  if (event.isOurs === null) return {};
  return { facts: [ownerFact({ of: "is_owner", isOwner: event.isOurs }, at, env.META_APP_ID)] };
}
