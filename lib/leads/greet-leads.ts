import "server-only";
import type { Tx } from "#lib/db.ts";
import { queueReply } from "#lib/threads/queue-reply.ts";
import type { ThreadKey } from "#lib/threads/thread-key.ts";
import { greetingId, greetingText, MAX_WAIT_MS, SAME_WORDS_MS } from "./greeting.ts";

const NEVER = new Date(0);

/**
 * Queues the first automatic reply to each complete lead of a thread whose ad has one: once per lead, and only while
 * nobody has answered it. Automation gets no tag, and gives way to the questions, to other apps and to people: the
 * policy says so when it is queued and when it leaves. After a restore nobody knows whom it has greeted before. What is refused now may be possible with the next event.
 * The thread is locked by the caller.
 */
export async function greetLeads(tx: Tx, { pageId, psid }: ThreadKey): Promise<void> {
  const leads = await tx.lead.findMany({
    where: { pageId, psid, status: "complete", at: { gt: new Date(Date.now() - MAX_WAIT_MS) }, adId: { not: null } },
    select: { id: true, at: true, adId: true },
    orderBy: [{ at: "asc" }, { id: "asc" }],
  });
  const sending = await tx.sending.findUnique({ where: { id: 1 }, select: { restoredAt: true } });
  const newest = leads.filter(({ at }) => sending !== null && at > (sending.restoredAt ?? NEVER)).at(-1);
  if (newest === undefined || newest.adId === null) return;
  const ad = await tx.ad.findUnique({
    where: { pageId_adId: { pageId, adId: newest.adId } },
    select: { autoReply: true },
  });
  if (ad === null || ad.autoReply === null) return;

  const thread = await tx.thread.findUnique({
    where: { pageId_psid: { pageId, psid } },
    select: { lastHumanReplyAt: true },
  });
  const answeredAt = thread?.lastHumanReplyAt ?? null;
  if (answeredAt !== null && answeredAt >= newest.at) return;

  const page = await tx.page.findUnique({ where: { id: pageId }, select: { disclosure: true } });
  const text = greetingText(ad.autoReply, page?.disclosure ?? null);
  if (await wasTold(tx, { pageId, psid }, text)) return;
  const seen = await tx.message.findFirst({
    where: { pageId, psid, direction: "out" },
    select: { mid: true },
    orderBy: [{ sentAt: "desc" }, { mid: "desc" }],
  });
  await queueReply(
    tx,
    { pageId, psid },
    {
      intentId: greetingId(pageId, newest.id),
      text,
      mediaIds: [],
      replyToMid: null,
      // Whoever writes from now on was faster.
      seenMid: seen?.mid ?? null,
      authorId: null,
    },
  );
}

/** One lead may turn out to be two, or two to be one, and then the id is new to us; to the person the words are not. */
async function wasTold(tx: Tx, { pageId, psid }: ThreadKey, text: string): Promise<boolean> {
  const told = await tx.reply.findMany({
    where: {
      ...{ pageId, psid, authorId: null, part: 0, state: { notIn: ["failed", "cancelled"] } },
      createdAt: { gt: new Date(Date.now() - SAME_WORDS_MS) },
    },
    select: { text: true },
  });
  // A long one left in parts.
  return told.some((reply) => text.trim().startsWith(reply.text.trim()));
}
