import "server-only";
import { databaseNow } from "#lib/database-now.ts";
import type { Tx } from "#lib/db.ts";
import { queueReply } from "#lib/threads/queue-reply.ts";
import type { ThreadKey } from "#lib/threads/thread-key.ts";
import { greetingId, greetingText, MAX_WAIT_MS, SAME_WORDS_MS } from "./greeting.ts";

const NEVER = new Date(0);

type Greeted = { psid: string; id: string; at: Date; autoReply: string };

/**
 * Queues the first automatic reply to each complete lead of these threads whose ad has one: once per lead, and only
 * while nobody has answered it. Automation gets no tag, and gives way to the questions, to other apps and to people:
 * the policy says so when it is queued and when it leaves. After a restore nobody knows whom it has greeted before.
 * What is refused now may be possible with the next event. The threads are locked by the caller.
 */
export async function greetLeads(tx: Tx, pageId: string, psids: readonly string[]): Promise<void> {
  if (psids.length === 0) return;
  for (const lead of await findGreeted(tx, pageId, psids)) await greet(tx, pageId, lead);
}

/** The newest lead of each thread, where its ad has a first reply. */
async function findGreeted(tx: Tx, pageId: string, psids: readonly string[]): Promise<Greeted[]> {
  const since = new Date(Date.now() - MAX_WAIT_MS);
  const sending = await tx.sending.findUnique({ where: { id: 1 }, select: { restoredAt: true } });
  if (sending === null) return [];
  const restoredAt = sending.restoredAt ?? NEVER;
  const leads = await tx.lead.findMany({
    where: { pageId, psid: { in: [...psids] }, status: "complete", at: { gt: since }, adId: { not: null } },
    select: { psid: true, id: true, at: true, adId: true },
    orderBy: [{ at: "asc" }, { id: "asc" }],
  });
  const ours = leads.filter(({ at }) => at > restoredAt);
  const newest = [...new Map(ours.map((lead) => [lead.psid, lead])).values()];
  const adIds = [...new Set(newest.flatMap(({ adId }) => adId ?? []))];
  if (adIds.length === 0) return [];
  const ads = await tx.ad.findMany({
    where: { pageId, adId: { in: adIds }, autoReply: { not: null } },
    select: { adId: true, autoReply: true },
  });
  const replies = new Map<string | null, string | null>(ads.map(({ adId, autoReply }) => [adId, autoReply]));
  return newest.flatMap(({ psid, id, at, adId }) => {
    const autoReply = replies.get(adId) ?? null;
    return psid === null || autoReply === null ? [] : [{ psid, id, at, autoReply }];
  });
}

async function greet(tx: Tx, pageId: string, { psid, ...lead }: Greeted): Promise<void> {
  const thread = await tx.thread.findUnique({
    where: { pageId_psid: { pageId, psid } },
    select: { lastHumanReplyAt: true },
  });
  const answeredAt = thread?.lastHumanReplyAt ?? null;
  if (answeredAt !== null && answeredAt >= lead.at) return;

  const page = await tx.page.findUnique({ where: { id: pageId }, select: { disclosure: true } });
  const text = greetingText(lead.autoReply, page?.disclosure ?? null);
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
      intentId: greetingId(pageId, lead.id),
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
      createdAt: { gt: new Date((await databaseNow(tx)).getTime() - SAME_WORDS_MS) },
    },
    select: { text: true },
  });
  // A long one left in parts.
  return told.some((reply) => text.trim().startsWith(reply.text.trim()));
}
