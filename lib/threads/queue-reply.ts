import "server-only";
import { randomBytes } from "node:crypto";
import { databaseNow } from "#lib/database-now.ts";
import type { Tx } from "#lib/db.ts";
import { newId } from "#lib/ids.ts";
import { storableText } from "#lib/messenger/storable-text.ts";
import { getEpoch } from "./get-epoch.ts";
import { getReplyCase } from "./get-reply-case.ts";
import { judgeReplyNow } from "./judge-reply-now.ts";
import { lockThread } from "./lock-thread.ts";
import { UNDO_SECONDS } from "./reply.ts";
import type { Outgoing, ReplyRefusal } from "./reply-policy.ts";
import { splitText } from "./reply-text.ts";
import type { ThreadKey } from "./thread-key.ts";

/** `mediaIds`: files the author uploaded for it. `authorId` null: nobody writes, and nobody can take it back. */
export type ReplyWish = {
  intentId: string;
  text: string;
  mediaIds: readonly string[];
  replyToMid: string | null;
  seenMid: string | null;
  authorId: string | null;
};

export type QueueRefusal = ReplyRefusal | "newer_message" | "file_gone";

export type QueueOutcome =
  | { outcome: "queued"; replyId: string; sendAfter: Date }
  | { outcome: "refused"; why: QueueRefusal };

type Part = { text: string; mediaId: string | null; message: Outgoing };

/**
 * Judges a reply and commits it as queued; it leaves when the time to take it back is over. A long text and each
 * file are messages of their own, in order. The same press twice is one reply. The thread is held meanwhile, so
 * that of two colleagues the second is told.
 */
export async function queueReply(tx: Tx, key: ThreadKey, wish: ReplyWish): Promise<QueueOutcome> {
  const { pageId, psid } = key;
  const { intentId, authorId } = wish;
  await lockThread(tx, key);

  const before = await tx.reply.findUnique({
    where: { pageId_intentId_part: { pageId, intentId, part: 0 } },
    select: { id: true, sendAfter: true },
  });
  if (before !== null) return { outcome: "queued", replyId: before.id, sendAfter: before.sendAfter };

  const files = await findFiles(tx, pageId, wish);
  if (files.length < wish.mediaIds.length) return { outcome: "refused", why: "file_gone" };
  // What the browser says it saw is a claim; what is stored of it is only ever compared.
  const seenMid = wish.seenMid === null ? null : storableText(wish.seenMid);
  const parts = await partsOf(tx, key, storableText(wish.text), files);
  for (const { message } of parts) {
    const judgement = await judgeReplyNow(tx, key, message, { seenMid, authorId }, "writing");
    if (!judgement.allowed) return { outcome: "refused", why: judgement.why };
  }

  const now = (await databaseNow(tx)).getTime();
  const sendAfter = new Date(now + (authorId === null ? 0 : UNDO_SECONDS * 1000));
  const [replyToMid, epoch] = [await findQuoted(tx, key, wish.replyToMid), await getEpoch(tx)];
  const rows = parts.map(({ text, mediaId }, part) => ({
    ...{ pageId, psid, id: newId(now), authorId, intentId, part, text, mediaId, seenMid, sendAfter, epoch },
    replyToMid: part === 0 ? replyToMid : null,
    metadata: `li:${randomBytes(18).toString("base64url")}`,
    createdAt: new Date(now + part),
  }));
  await tx.reply.createMany({ data: rows });
  return { outcome: "queued", replyId: rows[0]?.id ?? "", sendAfter };
}

/** The text first, then the files; a text that says nothing counts only where there is no file. */
async function partsOf(tx: Tx, key: ThreadKey, text: string, files: readonly File[]): Promise<Part[]> {
  const platform = (await getReplyCase(tx, key))?.platform ?? "messenger";
  const written = text.trim();
  const attached = files.map(
    ({ id, bytes, contentType }): Part => ({
      text: "",
      mediaId: id,
      message: { kind: "media", file: { bytes: bytes ?? 0, contentType } },
    }),
  );
  if (written === "" && attached.length > 0) return attached;
  const texts = splitText(written, platform).map(
    // Judged as a whole: a text is too long, not its last part.
    (part): Part => ({ text: part, mediaId: null, message: { kind: "text", text: written } }),
  );
  return [...texts, ...attached];
}

type File = { id: string; bytes: number | null; contentType: string | null };

/** The author's own uploads to this page, in the order they were attached; what is missing is not there. */
async function findFiles(tx: Tx, pageId: string, { mediaIds, authorId }: ReplyWish): Promise<File[]> {
  if (mediaIds.length === 0 || authorId === null) return [];
  const found = await tx.media.findMany({
    where: { pageId, id: { in: [...mediaIds] }, uploadedById: authorId, state: "kept" },
    select: { id: true, bytes: true, contentType: true },
  });
  return mediaIds.flatMap((id) => found.find((file) => file.id === id) ?? []);
}

/** Only what stands in this thread can be quoted in it. */
async function findQuoted(tx: Tx, { pageId, psid }: ThreadKey, mid: string | null): Promise<string | null> {
  if (mid === null) return null;
  const message = await tx.message.findFirst({
    where: { pageId, psid, mid: storableText(mid), deletedAt: null },
    select: { mid: true },
  });
  return message?.mid ?? null;
}
