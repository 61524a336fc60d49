import "server-only";
import type { Tx } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import { eventKey } from "#lib/messenger/event-key.ts";
import type { Echo } from "#lib/messenger/meta-event.ts";
import { echoNews } from "./event-news.ts";
import { expectFiles } from "./expect-files.ts";
import { recordDeletion } from "./record-deletion.ts";
import { settleByEcho } from "./settle-by-echo.ts";
import { joinNews, type ThreadNews } from "./thread-news.ts";

/**
 * Writes a message of the page's side, whoever wrote it. Our own settles the reply it is the echo of; one
 * written in the Page Inbox tells that the inbox holds the thread; one of Leadgen that its questions run.
 */
export async function recordEcho(tx: Tx, event: Echo, receivedAt: Date): Promise<ThreadNews> {
  if (event.isDeleted) {
    await recordDeletion(tx, event, receivedAt);
    return {};
  }
  const reply = await settleByEcho(tx, event);
  const replyId = reply?.id ?? null;
  const appId = event.appId ?? (replyId === null ? null : env.META_APP_ID);

  await write(tx, event, { replyId, appId }, receivedAt);
  // Our own files we keep already.
  if (replyId === null) await expectFiles(tx, event);

  const news = echoNews(event, reply, env.META_APP_ID);
  return event.platform === "instagram" ? joinNews([news, await findEarlierRead(tx, event)]) : news;
}

/**
 * The send's own answer, or the history, may have written the row before; Meta's clock is the one that counts. Where
 * they did not know the app, the echo knows better. What another echo of it knew and this one does not stays. Raw,
 * because Prisma has no such upsert.
 */
async function write(
  tx: Tx,
  { pageId, psid, mid, text, attachments, replyToMid, at }: Echo,
  { replyId, appId }: { replyId: string | null; appId: string | null },
  receivedAt: Date,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO message
      ("pageId", psid, mid, direction, text, attachments, "replyToMid", "sentAt", "receivedAt", "appId", "replyId")
    VALUES (${pageId}, ${psid}, ${mid}, 'out', ${text}, ${JSON.stringify(attachments)}::jsonb, ${replyToMid},
      ${at}::timestamptz, ${receivedAt}::timestamptz, ${appId}, ${replyId}::uuid)
    ON CONFLICT ("pageId", mid) DO UPDATE SET
      "sentAt" = excluded."sentAt",
      "replyId" = COALESCE(excluded."replyId", message."replyId"),
      "appId" = COALESCE(excluded."appId", message."appId"),
      text = CASE WHEN message."appId" IS NULL AND excluded."appId" IS NOT NULL AND message."deletedAt" IS NULL
        THEN excluded.text ELSE message.text END,
      attachments = CASE WHEN message."appId" IS NULL AND excluded."appId" IS NOT NULL AND message."deletedAt" IS NULL
        THEN excluded.attachments ELSE message.attachments END,
      "replyToMid" = CASE WHEN message."appId" IS NULL AND excluded."appId" IS NOT NULL AND message."deletedAt" IS NULL
        THEN excluded."replyToMid" ELSE message."replyToMid" END`;
}

/** On Instagram a message may be seen before we hear that it was sent. */
async function findEarlierRead(tx: Tx, { pageId, psid, mid, at }: Echo): Promise<ThreadNews> {
  const key = eventKey("read", [psid, null, mid]);
  const isRead = (await tx.event.count({ where: { pageId, key, state: "applied" } })) > 0;
  return isRead ? { readWatermark: at, deliveredWatermark: at } : {};
}
