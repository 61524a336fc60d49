import "server-only";
import type { Tx } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import { isLeadgen, isPageInbox } from "#lib/messenger/app-ids.ts";
import { eventKey } from "#lib/messenger/event-key.ts";
import type { Echo } from "#lib/messenger/meta-event.ts";
import { expectFiles } from "./expect-files.ts";
import { extendThread } from "./extend-thread.ts";
import { recordControlFact } from "./record-control-fact.ts";
import { recordDeletion } from "./record-deletion.ts";
import { settleByEcho } from "./settle-by-echo.ts";

/**
 * Writes a message of the page's side, whoever wrote it. Our own settles the reply it is the echo of; one
 * written in the Page Inbox tells that the inbox holds the thread; one of Leadgen that its questions run.
 */
export async function recordEcho(tx: Tx, event: Echo, receivedAt: Date): Promise<void> {
  if (event.isDeleted) return recordDeletion(tx, event, receivedAt);
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

  const isInbox = event.appId !== null && isPageInbox(event.appId);
  await extendThread(tx, thread, {
    lastOutboundAt: event.at,
    ...(isInbox || (reply !== null && !reply.isAutomatic) ? { lastHumanReplyAt: event.at } : {}),
  });

  if (event.platform === "instagram") await recordEarlierRead(tx, event);

  if (event.appId === null) return;
  const fact = { key: event.key, source: "echo", at: event.at, appId: event.appId, isLeadHandover: false } as const;
  if (isInbox || event.appId === env.META_APP_ID)
    await recordControlFact(tx, thread, { ...fact, kind: "owner" }, receivedAt);
  if (isLeadgen(event.appId)) await recordControlFact(tx, thread, { ...fact, kind: "leadgen_asking" }, receivedAt);
}

/** On Instagram a message may be seen before we hear that it was sent. */
async function recordEarlierRead(tx: Tx, { pageId, psid, mid, at }: Echo): Promise<void> {
  const key = eventKey("read", [psid, null, mid]);
  if ((await tx.event.count({ where: { pageId, key, state: "applied" } })) === 0) return;
  await extendThread(tx, { pageId, psid }, { readWatermark: at, deliveredWatermark: at });
}
