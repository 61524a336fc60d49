/** Messages and our replies in one line, as people read a conversation: a reply is its message once Meta has it. */
import { z } from "zod";
import { mediaHref } from "#lib/media/media-href.ts";
import { messageMedia } from "#lib/media/media-owner.ts";
import { attachmentKind } from "#lib/media/outgoing-file.ts";
import { ownerOf } from "./control.ts";
import type { KeptFile } from "./find-kept-files.ts";
import { type ReplyState, replyStates } from "./reply.ts";
import type { ThreadAttachment, ThreadMessage, ThreadMessageFrom } from "./thread-page.ts";

type MessageRow = {
  mid: string;
  direction: string;
  kind: string;
  text: string | null;
  attachments: unknown;
  replyToMid: string | null;
  sentAt: Date;
  appId: string | null;
  replyId: string | null;
  deletedAt: Date | null;
  ourReaction: string | null;
  isUnsupported: boolean;
  quickReply: string | null;
};

type ReplyRow = {
  id: string;
  authorId: string | null;
  intentId: string;
  part: number;
  text: string;
  mediaId: string | null;
  replyToMid: string | null;
  state: string;
  stateReason: string | null;
  createdAt: Date;
  sendAfter: Date;
  errorCode: number | null;
  errorSubcode: number | null;
};

type FileRow = { id: string; contentType: string | null; fileName: string | null };

type EditRow = { mid: string; number: number; text: string | null };

type Marks = { deliveredWatermark: Date | null; readWatermark: Date | null };

export type ThreadRows = {
  pageId: string;
  messages: readonly MessageRow[];
  replies: readonly ReplyRow[];
  /** The files of replies. */
  files: readonly FileRow[];
  /** The files of messages, see find-kept-files.ts. */
  kept: ReadonlyMap<string, KeptFile>;
  edits: readonly EditRow[];
  reactions: readonly { mid: string; emoji: string | null }[];
  thread: Marks;
  nameOf: (userId: string) => string | null;
  ourAppId: string;
  /** By the clock that says when replies leave: the database's. */
  now: Date;
};

const replyState = z.enum(replyStates);
const attachments = z
  .array(
    z.object({
      type: z.string(),
      url: z.string().nullable(),
      title: z.string().nullable(),
      buttons: z.array(z.string()).optional(),
      place: z.string().optional(),
      appointment: z
        .object({ status: z.string().nullable(), startsAt: z.string().nullable(), endsAt: z.string().nullable() })
        .optional(),
    }),
  )
  .catch([]);

/** The line a screen shows, oldest first. A reply taken back is not in it. */
export function toThreadMessages(rows: ThreadRows): ThreadMessage[] {
  const replyOf = new Map(rows.replies.map((reply) => [reply.id, reply]));
  const landed = new Set(rows.messages.flatMap(({ replyId }) => replyId ?? []));
  const pending = rows.replies.filter((reply) => !landed.has(reply.id) && reply.state !== "cancelled");
  return [
    ...rows.messages.map((message) => fromMessage(message, replyOf.get(message.replyId ?? "") ?? null, rows)),
    ...pending.map((reply) => fromReply(reply, rows)),
  ].sort((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1));
}

function fromMessage(message: MessageRow, reply: ReplyRow | null, rows: ThreadRows): ThreadMessage {
  const { edits, reactions, thread, nameOf, ourAppId } = rows;
  const isGone = message.deletedAt !== null;
  return {
    id: message.mid,
    from: message.direction === "in" ? "person" : writerOf(message, ourAppId),
    authorName: reply === null ? null : nameOf(reply.authorId ?? ""),
    ...textsOf(message, edits),
    reaction: reactions.find(({ mid }) => mid === message.mid)?.emoji ?? null,
    ourReaction: message.ourReaction,
    attachments: isGone ? [] : (ownFile(reply, rows) ?? theirFiles(message, rows)),
    kind: message.kind === "postback" ? "postback" : "message",
    at: message.sentAt,
    isDeleted: isGone,
    isUnsupported: message.isUnsupported,
    isQuickReply: message.quickReply !== null,
    replyToId: message.replyToMid,
    reply: reply === null ? null : replyPart(reply, rows),
    receipt: message.direction === "in" ? null : receiptOf(message.sentAt, thread),
  };
}

/** A reply that is no message yet, or never became one. */
function fromReply(reply: ReplyRow, rows: ThreadRows): ThreadMessage {
  return {
    id: `reply:${reply.id}`,
    from: "agent",
    authorName: rows.nameOf(reply.authorId ?? ""),
    text: reply.mediaId === null ? reply.text : null,
    earlierTexts: [],
    reaction: null,
    attachments: ownFile(reply, rows) ?? [],
    kind: "message",
    at: reply.createdAt,
    isDeleted: false,
    isUnsupported: false,
    isQuickReply: false,
    replyToId: reply.replyToMid,
    reply: replyPart(reply, rows),
    receipt: null,
  };
}

/** What we sent we keep ourselves; Meta's address of it would end after a while. */
function ownFile(reply: ReplyRow | null, { pageId, files }: ThreadRows): ThreadAttachment[] | null {
  const file = files.find(({ id }) => id === reply?.mediaId);
  if (file === undefined) return null;
  return [{ type: attachmentKind(file.contentType), url: null, title: file.fileName, file: fileAt(pageId, file) }];
}

function fileAt(pageId: string, { id, contentType }: Pick<KeptFile, "id" | "contentType">): ThreadAttachment["file"] {
  return { href: mediaHref(pageId, id), contentType };
}

/** With the file we fetched of each, or what became of it. */
function theirFiles({ mid, attachments: given }: MessageRow, { pageId, kept }: ThreadRows): ThreadAttachment[] {
  return attachments.parse(given).map((attachment, position) => {
    const file = kept.get(messageMedia(mid, position));
    if (file === undefined) return attachment;
    return {
      ...attachment,
      title: attachment.title ?? file.fileName,
      fileState: file.state,
      ...(file.state === "kept" ? { file: fileAt(pageId, file) } : {}),
    };
  });
}

/** A message says what its last change made of it; what was deleted says nothing any more. */
function textsOf(message: MessageRow, edits: readonly EditRow[]): { text: string | null; earlierTexts: string[] } {
  if (message.deletedAt !== null) return { text: null, earlierTexts: [] };
  const changes = edits.filter(({ mid }) => mid === message.mid).toSorted((a, b) => a.number - b.number);
  const texts = [message.text, ...changes.map(({ text }) => text)].map((text) => text ?? "");
  return { text: changes.at(-1)?.text ?? message.text, earlierTexts: texts.slice(0, -1) };
}

/** The newest message of the page's side that counts as an answer; automatic questions, automatic replies and failed tries do not. */
export function lastPageSideId(messages: readonly ThreadMessage[]): string | null {
  const counts = ({ from, reply }: ThreadMessage) =>
    from !== "person" &&
    from !== "leadgen" &&
    reply?.authorId !== null &&
    reply?.state !== "failed" &&
    reply?.state !== "cancelled";
  return messages.findLast(counts)?.id ?? null;
}

function writerOf({ appId, replyId }: MessageRow, ourAppId: string): ThreadMessageFrom {
  if (replyId !== null) return "agent";
  const owner = ownerOf(appId, ourAppId);
  if (owner === "ours") return "agent";
  return owner === "unknown" ? "page" : owner;
}

function replyPart(reply: ReplyRow, { now }: ThreadRows): NonNullable<ThreadMessage["reply"]> {
  const state: ReplyState = replyState.parse(reply.state);
  const { id, authorId, intentId, part, stateReason, sendAfter, errorCode, errorSubcode } = reply;
  const leavesInMs = Math.max(0, sendAfter.getTime() - now.getTime());
  return { id, authorId, intentId, part, state, reason: stateReason, leavesInMs, errorCode, errorSubcode };
}

function receiptOf(sentAt: Date, { deliveredWatermark, readWatermark }: Marks): "sent" | "delivered" | "read" {
  if (readWatermark !== null && readWatermark >= sentAt) return "read";
  return deliveredWatermark !== null && deliveredWatermark >= sentAt ? "delivered" : "sent";
}
