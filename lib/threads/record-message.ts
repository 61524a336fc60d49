import "server-only";
import type { Tx } from "#lib/db.ts";
import type { MessageReceived } from "#lib/messenger/meta-event.ts";
import { expectFiles } from "./expect-files.ts";
import { recordCameBy } from "./record-came-by.ts";
import { recordDeletion } from "./record-deletion.ts";
import type { ThreadKey } from "./thread-key.ts";
import type { ThreadNews } from "./thread-news.ts";

/**
 * Writes what the person sent. The same mid may come twice, on `messaging` and on `standby`: it stays one
 * message. A deletion takes the content away and leaves a tombstone, whichever of the two comes first.
 */
export async function recordMessage(tx: Tx, event: MessageReceived, receivedAt: Date): Promise<ThreadNews> {
  const thread: ThreadKey = { pageId: event.pageId, psid: event.psid };
  if (event.isDeleted) {
    await recordDeletion(tx, event, receivedAt);
    return {};
  }

  const { mid, replyToMid, isUnsupported, at: sentAt } = event;
  const { count } = await tx.message.createMany({
    data: {
      ...thread,
      mid,
      direction: "in",
      text: event.text,
      attachments: event.attachments,
      replyToMid,
      quickReply: event.quickReply,
      isUnsupported,
      sentAt,
      receivedAt,
    },
    skipDuplicates: true,
  });
  if (count === 0) {
    // Its deletion came first: the place in the thread is still its own.
    const { pageId, text, attachments, quickReply } = event;
    const place = { replyToMid, isUnsupported, sentAt };
    await tx.message.updateMany({ where: { pageId, mid, deletedAt: { not: null } }, data: place });
    // Or the history told of it, which knows less.
    const data = { ...place, text, attachments, quickReply };
    await tx.message.updateMany({ where: { pageId, mid, deletedAt: null }, data });
  }
  await expectFiles(tx, event);
  await recordCameBy(tx, event);
  return {
    lastAction: { at: event.at, opener: "message" },
    lastInboundAt: event.at,
    ...(event.adId === null ? {} : { firstAdMessageAt: event.at }),
  };
}
