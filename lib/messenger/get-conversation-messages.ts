import "server-only";
import { z } from "zod";
import { askGraph, type GraphAnswer } from "./ask-graph.ts";
import { dataOf, fullListOf, idField, nextField, textField, timeField, urlField } from "./graph-fields.ts";
import { isRecord } from "./record.ts";

/** `type`: image, video, audio, file, sticker or share. */
export type ConversationAttachment = { type: string; url: string | null; title: string | null };

export type ConversationMessage = {
  mid: string;
  at: Date | null;
  /** The page or the person; compare with the page's id. */
  fromId: string;
  fromName: string | null;
  text: string | null;
  attachments: ConversationAttachment[];
  replyToMid: string | null;
};

export type ConversationMessages = {
  /** The newest first. */
  messages: ConversationMessage[];
  /** How many more there are of which Meta tells the id and nothing else: it shows the newest 20 only. */
  hidden: number;
  hiddenMessages: { mid: string; at: Date | null }[];
  after: string | null;
};

const BEYOND_NEWEST = 9_000_001;
const FIELDS = "id,created_time,from,to,message,attachments,shares,sticker,reply_to";

const picture = z.object({ url: urlField }).nullish().catch(null);
const attachment = z
  .object({ mime_type: textField, name: textField, file_url: urlField, image_data: picture, video_data: picture })
  .transform(({ mime_type, name, file_url, image_data, video_data }) => ({
    type: attachmentType(mime_type, Boolean(image_data), Boolean(video_data)),
    url: image_data?.url ?? video_data?.url ?? file_url,
    title: name,
  }));
const share = z
  .object({ link: urlField, name: textField, description: textField })
  .transform(({ link, name, description }) => ({ type: "share", url: link, title: name ?? description }));

const message = z
  .object({
    id: idField,
    created_time: timeField,
    from: z.object({ id: idField, name: textField, username: textField }).nullish().catch(null),
    message: textField,
    attachments: dataOf(attachment),
    shares: dataOf(share),
    sticker: urlField,
    reply_to: z.unknown().optional(),
  })
  .transform(({ id, from, ...rest }) => ({
    mid: id,
    at: rest.created_time,
    fromId: from?.id ?? null,
    fromName: from?.name ?? from?.username ?? null,
    text: rest.message === "" ? null : rest.message,
    attachments: [
      ...rest.attachments,
      ...rest.shares,
      ...(rest.sticker === null ? [] : [{ type: "sticker", url: rest.sticker, title: null }]),
    ],
    replyToMid: isRecord(rest.reply_to) ? (idField.parse(rest.reply_to.mid) ?? idField.parse(rest.reply_to.id)) : null,
  }));

const list = z
  .object({ data: fullListOf(message), paging: nextField })
  .transform(({ data, paging }): ConversationMessages => {
    const messages = data.flatMap(({ mid, fromId, ...rest }) =>
      mid === null || fromId === null ? [] : [{ ...rest, mid, fromId }],
    );
    const hiddenMessages = data.flatMap(({ mid, fromId, at }) =>
      mid === null || fromId !== null ? [] : [{ mid, at }],
    );
    return { messages, hidden: data.length - messages.length, hiddenMessages, after: paging };
  });
const firstPage = z
  .object({ messages: list.optional() })
  .transform(({ messages }) => messages ?? { messages: [], hidden: 0, hiddenMessages: [], after: null });

/** The messages of a conversation, a page of them at a time. */
export async function getConversationMessages(
  conversationId: string,
  token: string,
  { after = null, limit = 25 }: { after?: string | null; limit?: number } = {},
): Promise<GraphAnswer<ConversationMessages>> {
  const call = { kind: "read", method: "GET", token } as const;
  const answer =
    after === null
      ? await askGraph(
          { ...call, path: conversationId, query: { fields: `messages.limit(${limit}){${FIELDS}}` } },
          firstPage,
        )
      : await askGraph(
          { ...call, path: `${conversationId}/messages`, query: { fields: FIELDS, limit: String(limit), after } },
          list,
        );
  // A whole page of messages that Meta no longer shows is answered as if each had been deleted.
  if (answer.outcome === "refused" && (answer.code === BEYOND_NEWEST || answer.subcode === BEYOND_NEWEST)) {
    return {
      outcome: "ok",
      value: { messages: [], hidden: limit, hiddenMessages: [], after: null },
      usage: answer.usage,
    };
  }
  return answer;
}

function attachmentType(mimeType: string | null, isImage: boolean, isVideo: boolean): string {
  if (isImage) return "image";
  if (isVideo) return "video";
  const family = mimeType?.split("/")[0] ?? "";
  return ["image", "video", "audio"].includes(family) ? family : "file";
}
