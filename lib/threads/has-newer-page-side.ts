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

  const messages = await tx.message.count({
    where: {
      pageId,
      psid,
      direction: "out",
      sentAt: since,
      AND: [
        { OR: [{ appId: null }, { appId: { not: LEADGEN_APP_ID } }] },
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
