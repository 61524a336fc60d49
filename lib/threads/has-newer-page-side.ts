import "server-only";
import { z } from "zod";
import type { Tx } from "#lib/db.ts";
import { LEADGEN_APP_ID } from "#lib/messenger/app-ids.ts";
import type { ThreadKey } from "./thread-key.ts";

/** What an author had in front of them: a mid, `reply:` and a reply's id, or nothing of the page's side yet. */
export type Seen = { seenMid: string | null; authorId: string | null };

/**
 * Replies of others that count. When a reply leaves, those still queued stand behind it: who wrote them was
 * told of it, and it must not give way to them.
 */
const counting = {
  writing: ["queued", "sending", "sent", "unknown"],
  leaving: ["sending", "sent", "unknown"],
} as const;

export type ReplyMoment = keyof typeof counting;

/** How long after the end of the questions their goodbye may be dated. */
const THANKS_MS = 3_000;

const REPLY = "reply:";
const uuid = z.guid();

/**
 * Whether somebody else of the page's side wrote after what the author saw: a colleague whose reply may still
 * be on its way, or somebody in the Page Inbox. The automatic questions and our own automation are nobody.
 */
export async function hasNewerPageSide(
  tx: Tx,
  { pageId, psid }: ThreadKey,
  seen: Seen,
  moment: ReplyMoment,
): Promise<boolean> {
  const { at, replyId } = await placeSeen(tx, { pageId, psid }, seen.seenMid);
  const own = await tx.reply.findMany({
    where: { pageId, psid, OR: [{ authorId: seen.authorId }, { authorId: null }] },
    select: { id: true },
  });
  const known = [...own.map((reply) => reply.id), ...(replyId === null ? [] : [replyId])];
  const since = at === null ? {} : { gt: at };
  const afterQuestions = await whenAsked(tx, { pageId, psid });

  const messages = await tx.message.count({
    where: {
      pageId,
      psid,
      direction: "out",
      sentAt: since,
      AND: [
        { OR: [{ appId: null, ...afterQuestions }, { appId: { not: LEADGEN_APP_ID } }] },
        { OR: [{ replyId: null }, { replyId: { notIn: known } }] },
      ],
    },
  });
  if (messages > 0) return true;
  const pending = await tx.reply.count({
    where: { pageId, psid, id: { notIn: known }, createdAt: since, state: { in: [...counting[moment]] } },
  });
  return pending > 0;
}

/** The history names no app: what it shows up to the end of the questions, and the thanks after it, was asked. */
async function whenAsked(tx: Tx, { pageId, psid }: ThreadKey): Promise<{ sentAt?: { gt: Date } }> {
  const lead = await tx.lead.findFirst({ where: { pageId, psid }, orderBy: { at: "desc" }, select: { at: true } });
  return lead === null ? {} : { sentAt: { gt: new Date(lead.at.getTime() + THANKS_MS) } };
}

/** Where the author had read up to. Only what stands in this thread was seen in it. */
async function placeSeen(
  tx: Tx,
  { pageId, psid }: ThreadKey,
  seenMid: string | null,
): Promise<{ at: Date | null; replyId: string | null }> {
  const nothing = { at: null, replyId: null };
  if (seenMid === null) return nothing;
  if (seenMid.startsWith(REPLY)) {
    const id = seenMid.slice(REPLY.length);
    if (!uuid.safeParse(id).success) return nothing;
    const reply = await tx.reply.findFirst({ where: { pageId, psid, id }, select: { createdAt: true } });
    return reply === null ? nothing : { at: reply.createdAt, replyId: id };
  }
  const message = await tx.message.findFirst({
    where: { pageId, psid, mid: seenMid },
    select: { sentAt: true, replyId: true },
  });
  return message === null ? nothing : { at: message.sentAt, replyId: message.replyId };
}
