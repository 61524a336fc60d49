import "server-only";
import { randomBytes } from "node:crypto";
import type { Tx } from "#lib/db.ts";
import { newId } from "#lib/ids.ts";
import { storableText } from "#lib/messenger/storable-text.ts";
import { judgeReplyNow } from "./judge-reply-now.ts";
import { lockThread } from "./lock-thread.ts";
import { UNDO_SECONDS } from "./reply.ts";
import type { ReplyRefusal } from "./reply-policy.ts";
import type { ThreadKey } from "./thread-key.ts";

export type ReplyWish = { intentId: string; text: string; seenMid: string | null; authorId: string };

export type QueueOutcome =
  | { outcome: "queued"; replyId: string; sendAfter: Date }
  | { outcome: "refused"; why: ReplyRefusal | "newer_message" };

/**
 * Judges a reply and commits it as queued; it leaves when the time to take it back is over. The same press
 * twice is one reply. The thread is held meanwhile, so that of two colleagues the second is told.
 */
export async function queueReply(tx: Tx, key: ThreadKey, wish: ReplyWish): Promise<QueueOutcome> {
  const { pageId, psid } = key;
  const { intentId, authorId } = wish;
  // What the browser says it saw is a claim; what is stored of it is only ever compared.
  const text = storableText(wish.text);
  const seenMid = wish.seenMid === null ? null : storableText(wish.seenMid);
  await lockThread(tx, key);

  const before = await tx.reply.findUnique({
    where: { pageId_intentId_part: { pageId, intentId, part: 0 } },
    select: { id: true, sendAfter: true },
  });
  if (before !== null) return { outcome: "queued", replyId: before.id, sendAfter: before.sendAfter };

  const judgement = await judgeReplyNow(tx, key, { text, seenMid, authorId }, "writing");
  if (!judgement.allowed) return { outcome: "refused", why: judgement.why };

  const id = newId();
  const metadata = `li:${randomBytes(18).toString("base64url")}`;
  const sendAfter = new Date(Date.now() + UNDO_SECONDS * 1000);
  await tx.reply.create({
    data: { pageId, psid, id, authorId, intentId, text, seenMid, metadata, sendAfter },
    select: { id: true },
  });
  return { outcome: "queued", replyId: id, sendAfter };
}
