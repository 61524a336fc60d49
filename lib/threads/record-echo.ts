import "server-only";
import type { Tx } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import { isLeadgen, isPageInbox } from "#lib/messenger/app-ids.ts";
import { eventKey } from "#lib/messenger/event-key.ts";
import type { Echo } from "#lib/messenger/meta-event.ts";
import { expectFiles } from "./expect-files.ts";
import { recordDeletion } from "./record-deletion.ts";
import { settleByEcho } from "./settle-by-echo.ts";
import { joinNews, type NewControlFact, type ThreadNews } from "./thread-news.ts";

/**
 * Writes a message of the page's side, whoever wrote it. Our own settles the reply it is the echo of; one
 * written in the Page Inbox tells that the inbox holds the thread; one of Leadgen that its questions run.
 */
export async function recordEcho(tx: Tx, event: Echo, receivedAt: Date): Promise<ThreadNews> {
  if (event.isDeleted) {
    await recordDeletion(tx, event, receivedAt);
    return {};
  }
  const thread = { pageId: event.pageId, psid: event.psid };
  const reply = await settleByEcho(tx, event);
  const replyId = reply?.id ?? null;
  const appId = event.appId ?? (replyId === null ? null : env.META_APP_ID);

  // Where the history told of it first, or our own send did, the echo knows better.
  if (appId !== null) {
    const { pageId, mid, text, attachments, replyToMid } = event;
    const where = { pageId, mid, appId: null, deletedAt: null };
    await tx.message.updateMany({ where, data: { text, attachments, replyToMid } });
  }
  await tx.message.upsert({
    where: { pageId_mid: { pageId: event.pageId, mid: event.mid } },
    create: {
      ...thread,
      replyId,
      appId,
      mid: event.mid,
      direction: "out",
      text: event.text,
      attachments: event.attachments,
      replyToMid: event.replyToMid,
      sentAt: event.at,
      receivedAt,
    },
    // The send's own answer may have written the row before; Meta's clock is the one that counts. What another
    // echo of it knew and this one does not stays.
    update: { sentAt: event.at, ...(replyId === null ? {} : { replyId }), ...(appId === null ? {} : { appId }) },
    select: { mid: true },
  });

  // Our own files we keep already.
  if (replyId === null) await expectFiles(tx, event);

  const isHuman = (event.appId !== null && isPageInbox(event.appId)) || (reply !== null && !reply.isAutomatic);
  const news = { lastOutboundAt: event.at, ...(isHuman ? { lastHumanReplyAt: event.at } : {}), facts: factsOf(event) };
  return event.platform === "instagram" ? joinNews([news, await findEarlierRead(tx, event)]) : news;
}

function factsOf({ key, at, appId }: Echo): NewControlFact[] {
  if (appId === null) return [];
  const fact = { key, source: "echo", at, appId, isLeadHandover: false } as const;
  if (isLeadgen(appId)) return [{ ...fact, kind: "leadgen_asking" }];
  return isPageInbox(appId) || appId === env.META_APP_ID ? [{ ...fact, kind: "owner" }] : [];
}

/** On Instagram a message may be seen before we hear that it was sent. */
async function findEarlierRead(tx: Tx, { pageId, psid, mid, at }: Echo): Promise<ThreadNews> {
  const key = eventKey("read", [psid, null, mid]);
  const isRead = (await tx.event.count({ where: { pageId, key, state: "applied" } })) > 0;
  return isRead ? { readWatermark: at, deliveredWatermark: at } : {};
}
