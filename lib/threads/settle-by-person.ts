import "server-only";
import type { Tx } from "#lib/db.ts";
import { extendThread } from "./extend-thread.ts";
import { moveReply } from "./move-reply.ts";
import { endByPerson } from "./reply-ending.ts";
import type { ThreadKey } from "./thread-key.ts";

/**
 * Writes what a person found out about a reply whose end is unclear. Meta's own word, should it still come, counts
 * more: an echo turns either into the truth. "too-late": it has been settled meanwhile.
 */
export async function settleByPerson(
  tx: Tx,
  { pageId, psid }: ThreadKey,
  replyId: string,
  hasArrived: boolean,
): Promise<"settled" | "too-late" | "not-found"> {
  const where = { pageId, psid, id: replyId };
  const reply = await tx.reply.findFirst({ where, select: { sendingAt: true, authorId: true } });
  if (reply === null) return "not-found";
  const move = endByPerson(hasArrived, new Date());
  if (!(await moveReply(tx, { pageId, id: replyId, leaseNumber: null }, move))) return "too-late";
  if (hasArrived && reply.sendingAt !== null && reply.authorId !== null) {
    await extendThread(tx, { pageId, psid }, { lastOutboundAt: reply.sendingAt, lastHumanReplyAt: reply.sendingAt });
  }
  return "settled";
}
