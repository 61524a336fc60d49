import "server-only";
import type { Tx } from "#lib/db.ts";
import type { MessageReceived, Received } from "#lib/messenger/meta-event.ts";
import { messageNews } from "./event-news.ts";
import { expectFiles } from "./expect-files.ts";
import { messageTimes } from "./message-times.ts";
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
  await upsert(tx, pageId, events);
  await expectFiles(tx, pageId, events);
  await recordCameBy(tx, events);
}

/**
 * Where its deletion came first, the place in the thread is still its own; where the history told of it, that knows
 * less. Raw, because Prisma has no such upsert of many.
 */
async function upsert(tx: Tx, pageId: string, events: readonly Received<MessageReceived>[]): Promise<void> {
  const times = messageTimes(events);
  const rows = [...new Map(events.map((event) => [event.mid, event])).values()].map((event) => {
    const { psid, receivedAt, mid, text, attachments, replyToMid, quickReply, isUnsupported } = event;
    const { at, otherKey } = times.get(mid) ?? { at: event.at, otherKey: null };
    return { psid, receivedAt, mid, text, attachments, replyToMid, quickReply, isUnsupported, sentAt: at, otherKey };
  });
  await tx.$executeRaw`
    WITH told AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS told (psid text, "receivedAt" timestamptz, mid text, text text, attachments jsonb, "replyToMid" text,
          "quickReply" text, "isUnsupported" boolean, "sentAt" timestamptz, "otherKey" text)),
    twice AS (
      SELECT told.mid FROM told JOIN event ON event."pageId" = ${pageId} AND key = "otherKey" AND state = 'applied')
    INSERT INTO message ("pageId", direction, psid, "receivedAt",
      mid, text, attachments, "replyToMid", "quickReply", "isUnsupported", "sentAt")
    SELECT ${pageId}, 'in', psid, "receivedAt", mid, text, attachments, "replyToMid", "quickReply", "isUnsupported", "sentAt"
    FROM told
    ON CONFLICT ("pageId", mid) DO UPDATE SET
      "replyToMid" = excluded."replyToMid", "isUnsupported" = excluded."isUnsupported",
      "sentAt" = CASE WHEN message.mid IN (SELECT mid FROM twice)
        THEN LEAST(message."sentAt", excluded."sentAt") ELSE excluded."sentAt" END,
      text = CASE WHEN message."deletedAt" IS NULL THEN excluded.text ELSE message.text END,
      attachments = CASE WHEN message."deletedAt" IS NULL THEN excluded.attachments ELSE message.attachments END,
      "quickReply" = CASE WHEN message."deletedAt" IS NULL THEN excluded."quickReply" ELSE message."quickReply" END`;
}
