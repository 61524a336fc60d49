import "server-only";
import { prisma, type Tx } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import { log } from "#lib/log.ts";
import type { SendOutcome } from "#lib/messenger/send-message.ts";
import type { NotAsked } from "#lib/pages/ask-meta.ts";
import { isPagesFault, type Refusal } from "#lib/pages/page-refusal.ts";
import { extendThread } from "./extend-thread.ts";
import type { LeasedReply } from "./lease-reply.ts";
import { lockThread } from "./lock-thread.ts";
import { statesBefore } from "./reply.ts";

/** A leased reply, and under whose name it left. */
export type SentReply = LeasedReply & { personaId?: string | null };

/** Meta's id of the file has ended, or was never its. */
const FILE_ID_ENDED = 2018074;

const SECOND = 1000;
/** How long a reply waits before it is tried again that Meta certainly did not accept. */
const PAUSE_MS = { "not-sent": 5 * SECOND, throttled: 30 * SECOND, permission: 60 * SECOND };

/**
 * Writes how a send ended. Whoever lost the lease meanwhile changes nothing, the row is *unknown* by then or
 * settled by its echo; but that Meta accepted it is as good a proof as the echo.
 */
export async function settleReply(reply: SentReply, result: SendOutcome | NotAsked): Promise<void> {
  await prisma.$transaction(async (tx) => {
    await lockThread(tx, reply);
    switch (result.outcome) {
      case "accepted":
        return settleAccepted(tx, reply, result.mid);
      case "not-sent":
        return putBack(tx, reply, "reason" in result ? "page_waits" : "metaUnavailable", PAUSE_MS["not-sent"]);
      case "unclear":
        return move(tx, reply, { state: "unknown", stateReason: "unclear", settledAt: new Date() });
      case "refused":
        return settleRefused(tx, reply, result);
    }
  });
  log.info({ event: "reply.settled", pageId: reply.pageId, id: reply.id, outcome: result.outcome });
}

async function settleAccepted(tx: Tx, reply: SentReply, mid: string): Promise<void> {
  const { pageId, psid, id, replyToMid, sendingAt } = reply;
  const text = reply.mediaId === null ? reply.text.trim() : null;
  await tx.reply.updateMany({
    where: { pageId, id, state: { in: statesBefore("sent") } },
    data: {
      ...{ state: "sent", stateReason: null, mid, settledAt: new Date(), leaseUntil: null },
      personaId: reply.personaId ?? null,
    },
  });
  // The echo may have come first; it knows Meta's clock. Until then it left when we began to send: whoever
  // wrote while Meta answered us had not read it.
  const message = { direction: "out", text, replyToMid, replyId: id, appId: env.META_APP_ID };
  await tx.message.createMany({
    data: { pageId, psid, mid, ...message, sentAt: sendingAt, receivedAt: new Date() },
    skipDuplicates: true,
  });
  // What we send by ourselves answers nobody.
  const isHuman = reply.authorId !== null;
  await extendThread(tx, reply, {
    lastOutboundAt: sendingAt,
    ...(isHuman ? { lastHumanReplyAt: sendingAt } : {}),
  });
}

async function settleRefused(
  tx: Tx,
  reply: LeasedReply,
  { class: kind, word, code, subcode, fbtraceId }: Extract<SendOutcome, { outcome: "refused" }>,
): Promise<void> {
  const now = new Date();
  const error = { errorCode: code, errorSubcode: subcode, fbtraceId };
  if (kind === "throttled") return putBack(tx, reply, word, PAUSE_MS.throttled, error);
  if (mayWaitForPage(reply, { class: kind, word, subcode })) {
    return putBack(tx, reply, word, kind === "permission" ? PAUSE_MS.permission : 0, error);
  }
  if (subcode === FILE_ID_ENDED && reply.errorSubcode !== FILE_ID_ENDED) return uploadAgain(tx, reply, error);
  await move(tx, reply, { state: "failed", stateReason: word, settledAt: now, ...error });
  if (kind === "window") await extendThread(tx, reply, { refusedAt: now });
  if (kind !== "thread") return;
  const isAsking = word === "questionsRunning";
  const thread = { pageId: reply.pageId, psid: reply.psid };
  const fact = {
    key: `send:${reply.id}:${reply.leaseNumber}`,
    kind: isAsking ? "leadgen_asking" : "refused",
    source: "send_error",
    appId: null,
    at: now,
    isLeadHandover: false,
  } as const;
  await extendThread(tx, thread, { facts: [fact] }, now);
}

/**
 * What is wrong with the page is not the reply's fault. A missing permission is believed only once: if the check
 * that follows finds none missing, it is this one reply Meta does not want.
 */
function mayWaitForPage(reply: LeasedReply, refusal: Refusal): boolean {
  return isPagesFault(refusal) && (refusal.class !== "permission" || reply.leaseNumber === 1);
}

/** The reply waits until Meta has its file once more; its row remembers that this happened. */
async function uploadAgain(tx: Tx, reply: LeasedReply, error: object): Promise<void> {
  const { pageId, mediaId } = reply;
  const gone = { attachmentId: null, attachmentExpiresAt: null };
  if (mediaId !== null) await tx.media.updateMany({ where: { pageId, id: mediaId }, data: gone });
  await move(tx, reply, { state: "queued", stateReason: null, ...error });
}

/** Certainly not accepted: it waits in the queue and is judged again before the next try. */
async function putBack(tx: Tx, reply: LeasedReply, why: string, pauseMs: number, error: object = {}): Promise<void> {
  const sendAfter = new Date(Date.now() + pauseMs);
  await move(tx, reply, { state: "queued", stateReason: why, sendAfter, ...error });
}

async function move(tx: Tx, { pageId, id, leaseNumber }: LeasedReply, data: object): Promise<void> {
  await tx.reply.updateMany({
    where: { pageId, id, leaseNumber, state: "sending" },
    data: { leaseUntil: null, ...data },
  });
}
