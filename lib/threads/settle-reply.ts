import "server-only";
import { databaseNow } from "#lib/database-now.ts";
import { prisma, type Tx } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import { log } from "#lib/log.ts";
import type { SendOutcome } from "#lib/messenger/send-message.ts";
import type { NotAsked } from "#lib/pages/ask-meta.ts";
import { extendThread } from "./extend-thread.ts";
import type { LeasedReply } from "./lease-reply.ts";
import { lockThread } from "./lock-thread.ts";
import { moveReply } from "./move-reply.ts";
import { endOfSend } from "./reply-ending.ts";

/** A leased reply, and under whose name it left. */
export type SentReply = LeasedReply & { personaId?: string | null };

/** Writes how a send ended, and what the thread learns from it; see reply-ending.ts. */
export async function settleReply(reply: SentReply, result: SendOutcome | NotAsked): Promise<void> {
  await prisma.$transaction(async (tx) => {
    await lockThread(tx, reply);
    const now = await databaseNow(tx);
    const { move, news, isFileGone } = endOfSend(reply, result, now);
    await moveReply(tx, reply, move);
    if (result.outcome === "accepted") await writeMessage(tx, reply, result.mid, now);
    if (isFileGone) await forgetUpload(tx, reply);
    if (news !== null) await extendThread(tx, reply, news, now);
  });
  log.info({ event: "reply.settled", pageId: reply.pageId, id: reply.id, outcome: result.outcome });
}

/**
 * The echo may have come first; it knows Meta's clock. Until then it left when we began to send: whoever wrote while
 * Meta answered us had not read it.
 */
async function writeMessage(tx: Tx, reply: SentReply, mid: string, now: Date): Promise<void> {
  const { pageId, psid, id, replyToMid, sendingAt } = reply;
  const text = reply.mediaId === null ? reply.text.trim() : null;
  const message = { direction: "out", text, replyToMid, replyId: id, appId: env.META_APP_ID };
  const { count } = await tx.message.createMany({
    data: { pageId, psid, mid, ...message, sentAt: sendingAt, receivedAt: now },
    skipDuplicates: true,
  });
  if (count === 1) return;
  // The history may have come first, too; it does not know whose it is.
  const ours = { replyId: id, appId: env.META_APP_ID };
  await tx.message.updateMany({ where: { pageId, mid, replyId: null }, data: ours });
}

/** The reply waits until Meta has its file once more; its row remembers that this happened. */
async function forgetUpload(tx: Tx, { pageId, mediaId }: SentReply): Promise<void> {
  if (mediaId === null) return;
  const gone = { attachmentId: null, attachmentExpiresAt: null };
  await tx.media.updateMany({ where: { pageId, id: mediaId }, data: gone });
}
