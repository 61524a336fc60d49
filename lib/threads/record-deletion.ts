import "server-only";
import type { Tx } from "#lib/db.ts";
import { forgetMedia } from "#lib/media/forget-media.ts";
import type { Echo, MessageReceived } from "#lib/messenger/meta-event.ts";

/** Takes a message's content away and leaves a tombstone, whichever of message and deletion comes first. */
export async function recordDeletion(tx: Tx, event: MessageReceived | Echo, receivedAt: Date): Promise<void> {
  const { pageId, psid, mid, at } = event;
  const gone = { text: null, attachments: [], quickReply: null, deletedAt: at };
  const direction = event.kind === "echo" ? "out" : "in";
  await tx.message.upsert({
    where: { pageId_mid: { pageId, mid } },
    create: { pageId, psid, mid, direction, sentAt: at, receivedAt, ...gone },
    update: gone,
    select: { mid: true },
  });
  await forgetMedia(tx, pageId, mid);
}
