import "server-only";
import type { Tx } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import { extendThread } from "./extend-thread.ts";
import { moveReply } from "./move-reply.ts";
import { endByHistory } from "./reply-ending.ts";
import { matchReplies } from "./reply-match.ts";
import type { ThreadKey } from "./thread-key.ts";

/** Replies without a message that Meta may have, too: one on its way right now, and those of which only a person told us. */
const mayBeThere = [{ state: "sending" }, { state: "sent" }, { state: "failed", stateReason: "not_arrived" }];

/** After a history was read: settles replies of unclear fate whose message it shows beyond doubt. */
export async function settleByHistory(tx: Tx, { pageId, psid }: ThreadKey): Promise<void> {
  const left = await tx.reply.findMany({
    where: { pageId, psid, mid: null, sendingAt: { not: null }, OR: [{ state: "unknown" }, ...mayBeThere] },
    select: { id: true, text: true, sendingAt: true, authorId: true, state: true, stateReason: true, settledAt: true },
  });
  const timed = left.flatMap(({ sendingAt, ...reply }) =>
    sendingAt === null ? [] : [{ ...reply, sendingAt, until: untilRestore(reply) }],
  );
  const unknown = timed.filter(({ state }) => state === "unknown");
  if (unknown.length === 0) return;
  const rivals = timed.filter(({ state }) => state !== "unknown");
  const messages = await tx.message.findMany({
    where: {
      pageId,
      psid,
      direction: "out",
      replyId: null,
      OR: [{ appId: null }, { appId: env.META_APP_ID }],
      text: { in: unknown.map(({ text }) => text.trim()) },
    },
    select: { mid: true, text: true, sentAt: true },
  });
  const automatic = new Set(unknown.filter(({ authorId }) => authorId === null).map(({ id }) => id));
  for (const { id, mid, sentAt } of matchReplies(unknown, messages, rivals)) {
    const isMoved = await moveReply(tx, { pageId, id, leaseNumber: null }, endByHistory(mid, sentAt));
    if (!isMoved) continue;
    await tx.message.updateMany({ where: { pageId, mid }, data: { replyId: id, appId: env.META_APP_ID } });
    // What we send by ourselves answers nobody.
    if (!automatic.has(id)) await extendThread(tx, { pageId, psid }, { lastHumanReplyAt: sentAt });
  }
}

/** What waited when a backup was made may have left at any time before that was restored. */
function untilRestore({ stateReason, settledAt }: { stateReason: string | null; settledAt: Date | null }) {
  return stateReason === "before_restore" ? (settledAt ?? undefined) : undefined;
}
