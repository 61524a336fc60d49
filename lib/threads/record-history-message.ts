import "server-only";
import type { Tx } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import type { Echo, MessageReceived } from "#lib/messenger/meta-event.ts";
import { historyNews } from "./event-news.ts";
import { expectFiles } from "./expect-files.ts";
import { findEarlierReceipts } from "./find-earlier-receipts.ts";
import { settleByEcho } from "./settle-by-echo.ts";
import type { ThreadNews } from "./thread-news.ts";

/**
 * Writes a message that the conversation's history shows. What a webhook told of it, before or later, is the better
 * word: the history knows whole seconds and no app, so it fills gaps and changes nothing. It proves nothing about
 * control either.
 */
export async function recordHistoryMessage(
  tx: Tx,
  event: MessageReceived | Echo,
  receivedAt: Date,
): Promise<ThreadNews> {
  const { pageId, psid, mid, text, attachments, replyToMid, at } = event;
  const message = { pageId, psid, mid, text, attachments, replyToMid, sentAt: at, receivedAt };
  if (event.kind === "message") {
    await tx.message.createMany({ data: { ...message, direction: "in" }, skipDuplicates: true });
    await placeTombstone(tx, event);
    await expectFiles(tx, pageId, [event]);
    return historyNews(event, null);
  }
  const reply = await settleByEcho(tx, event);
  const ours = { replyId: reply?.id ?? null, appId: reply === null ? null : env.META_APP_ID };
  await tx.message.createMany({ data: { ...message, direction: "out", ...ours }, skipDuplicates: true });
  await placeTombstone(tx, event);
  const earlierReceipt = await findEarlierReceipts(tx, pageId, [event]);
  return { ...historyNews(event, reply), ...earlierReceipt(event) };
}

/** A deletion that came before its message knows when that was unsent, not when it was sent. Raw, to compare two columns. */
async function placeTombstone(tx: Tx, { pageId, mid, at, replyToMid }: MessageReceived | Echo): Promise<void> {
  await tx.$executeRaw`
    UPDATE message SET "sentAt" = ${at}::timestamptz, "replyToMid" = ${replyToMid}
    WHERE "pageId" = ${pageId} AND mid = ${mid} AND "sentAt" = "deletedAt"`;
}
