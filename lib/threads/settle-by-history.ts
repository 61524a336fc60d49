import "server-only";
import type { Tx } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import { extendThread } from "./extend-thread.ts";
import { moveReply } from "./move-reply.ts";
import { endByHistory } from "./reply-ending.ts";
import { matchReplies } from "./reply-match.ts";
import type { ThreadKey } from "./thread-key.ts";

/** After a history was read: settles replies of unclear fate whose message it shows beyond doubt. */
export async function settleByHistory(tx: Tx, { pageId, psid }: ThreadKey): Promise<void> {
  const unknown = await tx.reply.findMany({
    where: { pageId, psid, state: "unknown", sendingAt: { not: null } },
    select: { id: true, text: true, sendingAt: true, authorId: true },
  });
  if (unknown.length === 0) return;
  const replies = unknown.flatMap(({ sendingAt, text, id }) => (sendingAt === null ? [] : [{ id, text, sendingAt }]));
  const messages = await tx.message.findMany({
    where: {
      pageId,
      psid,
      direction: "out",
      replyId: null,
      OR: [{ appId: null }, { appId: env.META_APP_ID }],
      text: { in: replies.map(({ text }) => text) },
    },
    select: { mid: true, text: true, sentAt: true },
  });
  const automatic = new Set(unknown.filter(({ authorId }) => authorId === null).map(({ id }) => id));
  for (const { id, mid, sentAt } of matchReplies(replies, messages)) {
    const isMoved = await moveReply(tx, { pageId, id, leaseNumber: null }, endByHistory(mid, sentAt));
    if (!isMoved) continue;
    await tx.message.updateMany({ where: { pageId, mid }, data: { replyId: id, appId: env.META_APP_ID } });
    // What we send by ourselves answers nobody.
    if (!automatic.has(id)) await extendThread(tx, { pageId, psid }, { lastHumanReplyAt: sentAt });
  }
}
