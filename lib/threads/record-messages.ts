import "server-only";
import type { Tx } from "#lib/db.ts";
import type { MessageReceived, Received } from "#lib/messenger/meta-event.ts";
import { messageNews } from "./event-news.ts";
import { expectFiles } from "./expect-files.ts";
import { recordCameBy } from "./record-came-by.ts";
import { recordDeletion } from "./record-deletion.ts";
import type { Heard } from "./thread-news.ts";

/**
 * Writes what people sent to a page. The same mid may come twice, on `messaging` and on `standby`: it stays one
 * message. A deletion takes the content away and leaves a tombstone, whichever of the two comes first.
 */
export async function recordMessages(
  tx: Tx,
  pageId: string,
  events: readonly Received<MessageReceived>[],
): Promise<Heard[]> {
  let written: Received<MessageReceived>[] = [];
  for (const event of events) {
    if (!event.isDeleted) {
      written.push(event);
      continue;
    }
    await write(tx, pageId, written);
    written = [];
    await recordDeletion(tx, event, event.receivedAt);
  }
  await write(tx, pageId, written);
  return events
    .filter(({ isDeleted }) => !isDeleted)
    .map((event) => ({ psid: event.psid, receivedAt: event.receivedAt, news: messageNews(event) }));
}

async function write(tx: Tx, pageId: string, events: readonly Received<MessageReceived>[]): Promise<void> {
  if (events.length === 0) return;
  await upsert(tx, pageId, new Map(events.map((event) => [event.mid, event])));
  await expectFiles(tx, pageId, events);
  await recordCameBy(tx, events);
}

/**
 * Where its deletion came first, the place in the thread is still its own; where the history told of it, that knows
 * less. Raw, because Prisma has no such upsert of many.
 */
async function upsert(tx: Tx, pageId: string, events: ReadonlyMap<string, Received<MessageReceived>>): Promise<void> {
  const rows = [...events.values()].map((event) => {
    const { psid, receivedAt, mid, text, attachments, replyToMid, quickReply, isUnsupported, at } = event;
    return { psid, receivedAt, mid, text, attachments, replyToMid, quickReply, isUnsupported, sentAt: at };
  });
  await tx.$executeRaw`
    INSERT INTO message ("pageId", direction, psid, "receivedAt",
      mid, text, attachments, "replyToMid", "quickReply", "isUnsupported", "sentAt")
    SELECT ${pageId}, 'in', * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS told (psid text, "receivedAt" timestamptz, mid text, text text, attachments jsonb, "replyToMid" text,
        "quickReply" text, "isUnsupported" boolean, "sentAt" timestamptz)
    ON CONFLICT ("pageId", mid) DO UPDATE SET
      "replyToMid" = excluded."replyToMid", "isUnsupported" = excluded."isUnsupported", "sentAt" = excluded."sentAt",
      text = CASE WHEN message."deletedAt" IS NULL THEN excluded.text ELSE message.text END,
      attachments = CASE WHEN message."deletedAt" IS NULL THEN excluded.attachments ELSE message.attachments END,
      "quickReply" = CASE WHEN message."deletedAt" IS NULL THEN excluded."quickReply" ELSE message."quickReply" END`;
}
