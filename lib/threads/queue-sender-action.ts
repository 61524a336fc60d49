import "server-only";
import { databaseNow } from "#lib/database-now.ts";
import type { Tx } from "#lib/db.ts";
import { newId } from "#lib/ids.ts";
import { storableText } from "#lib/messenger/storable-text.ts";
import { getReplyCase } from "./get-reply-case.ts";
import { judgeReply, type ReplyRefusal } from "./reply-policy.ts";
import { reactionsOf, type Sign } from "./sender-action.ts";
import type { ThreadKey } from "./thread-key.ts";

export type SignOutcome = { outcome: "queued" } | { outcome: "refused"; why: ReplyRefusal } | { outcome: "not-found" };

/** Queues a sign to the person where the rules allow it now. Of two alike that wait, one is enough. */
export async function queueSenderAction(
  tx: Tx,
  { pageId, psid }: ThreadKey,
  sign: Sign,
  userId: string,
): Promise<SignOutcome> {
  const place = await getReplyCase(tx, { pageId, psid });
  if (place === null) return { outcome: "not-found" };
  const mid = "mid" in sign ? storableText(sign.mid) : null;
  const emoji = "emoji" in sign ? sign.emoji : null;
  if (mid !== null) {
    const reacted = await tx.message.count({ where: { pageId, psid, mid, direction: "in", deletedAt: null } });
    if (reacted === 0 || (emoji !== null && !reactionsOf(place.platform).includes(emoji)))
      return { outcome: "not-found" };
  }
  const message = { kind: mid === null ? ("sign" as const) : ("reaction" as const) };
  const judgement = judgeReply({ ...place, sender: "person", message, now: new Date() });
  if (!judgement.allowed) return { outcome: "refused", why: judgement.why };

  // The newest word about a message is the one that counts.
  await tx.senderAction.deleteMany({ where: mid === null ? { pageId, psid, kind: sign.kind } : { pageId, psid, mid } });
  await tx.senderAction.create({
    data: { pageId, psid, id: newId(), kind: sign.kind, mid, emoji, userId, createdAt: await databaseNow(tx) },
    select: { id: true },
  });
  return { outcome: "queued" };
}
