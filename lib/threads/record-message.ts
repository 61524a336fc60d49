import "server-only";
import type { Tx } from "#lib/db.ts";
import type { MessageReceived } from "#lib/messenger/meta-event.ts";
import { extendThread } from "./extend-thread.ts";
import type { ThreadKey } from "./thread-key.ts";

/**
 * Writes what the person sent. The same mid may come twice, on `messaging` and on `standby`: it stays one
 * message. A deletion takes the content away and leaves a tombstone, whichever of the two comes first.
 */
export async function recordMessage(tx: Tx, event: MessageReceived, receivedAt: Date): Promise<void> {
  const thread: ThreadKey = { pageId: event.pageId, psid: event.psid };
  if (event.isDeleted) return recordDeletion(tx, thread, event, receivedAt);

  const { mid, replyToMid, isUnsupported, at: sentAt } = event;
  const { count } = await tx.message.createMany({
    data: {
      ...thread,
      mid,
      direction: "in",
      text: event.text,
      attachments: event.attachments,
      replyToMid,
      isUnsupported,
      sentAt,
      receivedAt,
    },
    skipDuplicates: true,
  });
  if (count === 0) {
    // Its deletion came first: the place in the thread is still its own.
    const where = { pageId: event.pageId, mid, deletedAt: { not: null } };
    await tx.message.updateMany({ where, data: { replyToMid, isUnsupported, sentAt } });
  }
  await extendThread(tx, thread, {
    lastAction: { at: event.at, opener: "message" },
    lastInboundAt: event.at,
    ...(event.adId === null ? {} : { firstAdMessageAt: event.at }),
  });
}

async function recordDeletion(tx: Tx, thread: ThreadKey, event: MessageReceived, receivedAt: Date): Promise<void> {
  const gone = { text: null, attachments: [], deletedAt: event.at };
  await tx.message.upsert({
    where: { pageId_mid: { pageId: event.pageId, mid: event.mid } },
    create: { ...thread, mid: event.mid, direction: "in", sentAt: event.at, receivedAt, ...gone },
    update: gone,
    select: { mid: true },
  });
}
