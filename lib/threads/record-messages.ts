import "server-only";
import type { Tx } from "#lib/db.ts";
import type { MessageReceived } from "#lib/messenger/meta-event.ts";
import { messageNews } from "./event-news.ts";
import { expectFiles } from "./expect-files.ts";
import { recordCameBy } from "./record-came-by.ts";
import { recordDeletion } from "./record-deletion.ts";
import type { ThreadKey } from "./thread-key.ts";
import type { ThreadNews } from "./thread-news.ts";

/**
 * Writes what the person sent. The same mid may come twice, on `messaging` and on `standby`: it stays one
 * message. A deletion takes the content away and leaves a tombstone, whichever of the two comes first.
 */
export async function recordMessages(
  tx: Tx,
  thread: ThreadKey,
  events: readonly MessageReceived[],
  receivedAt: Date,
): Promise<ThreadNews[]> {
  for (const event of events) if (event.isDeleted) await recordDeletion(tx, event, receivedAt);
  const written = events.filter(({ isDeleted }) => !isDeleted);
  if (written.length === 0) return [];
  await write(tx, thread, new Map(written.map((event) => [event.mid, event])), receivedAt);
  for (const event of written) {
    await expectFiles(tx, event);
    await recordCameBy(tx, event);
  }
  return written.map(messageNews);
}

/**
 * Where its deletion came first, the place in the thread is still its own; where the history told of it, that knows
 * less. Raw, because Prisma has no such upsert of many.
 */
async function write(
  tx: Tx,
  { pageId, psid }: ThreadKey,
  events: ReadonlyMap<string, MessageReceived>,
  receivedAt: Date,
): Promise<void> {
  const rows = [...events.values()].map((event) => {
    const { mid, text, attachments, replyToMid, quickReply, isUnsupported, at } = event;
    return { mid, text, attachments, replyToMid, quickReply, isUnsupported, sentAt: at };
  });
  await tx.$executeRaw`
    INSERT INTO message ("pageId", psid, direction, "receivedAt",
      mid, text, attachments, "replyToMid", "quickReply", "isUnsupported", "sentAt")
    SELECT ${pageId}, ${psid}, 'in', ${receivedAt}::timestamptz, * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS told (mid text, text text, attachments jsonb, "replyToMid" text, "quickReply" text, "isUnsupported" boolean,
        "sentAt" timestamptz)
    ON CONFLICT ("pageId", mid) DO UPDATE SET
      "replyToMid" = excluded."replyToMid", "isUnsupported" = excluded."isUnsupported", "sentAt" = excluded."sentAt",
      text = CASE WHEN message."deletedAt" IS NULL THEN excluded.text ELSE message.text END,
      attachments = CASE WHEN message."deletedAt" IS NULL THEN excluded.attachments ELSE message.attachments END,
      "quickReply" = CASE WHEN message."deletedAt" IS NULL THEN excluded."quickReply" ELSE message."quickReply" END`;
}
