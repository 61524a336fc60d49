import "server-only";
import { askGraph } from "./ask-graph.ts";
import type { GraphFailure } from "./call-graph.ts";
import { sendAnswer } from "./graph-reply.ts";
import type { GraphUsage } from "./graph-usage.ts";

export type AttachmentType = "image" | "video" | "audio" | "file";

/** A file Meta has already, by the id it gave; or one it shall fetch, which may take longer than we wait. */
export type OutgoingAttachment = { type: AttachmentType } & ({ attachmentId: string } | { url: string });

type OutgoingContent = { text: string } | { attachment: OutgoingAttachment };

export type OutgoingMessage = OutgoingContent & {
  /** Whose token and path it is; for an Instagram account its Facebook page. */
  pageId: string;
  psid: string;
  /** Comes back in the echo. */
  metadata: string;
  messagingType: "RESPONSE" | "MESSAGE_TAG";
  tag: "HUMAN_AGENT" | null;
  /** The message this one quotes. */
  replyToMid?: string | null;
  /** Under whose name and picture it appears; not on Instagram. */
  personaId?: string | null;
};

export type SendOutcome = { outcome: "accepted"; mid: string; usage?: GraphUsage | null } | GraphFailure;

/** Sends a text or a file through the Send API, once. https://developers.facebook.com/docs/messenger-platform/reference/send-api */
export async function sendMessage(message: OutgoingMessage, token: string): Promise<SendOutcome> {
  const { pageId, psid, metadata, messagingType, tag, replyToMid = null, personaId = null } = message;
  const answer = await askGraph(
    {
      kind: "send",
      method: "POST",
      path: `${pageId}/messages`,
      token,
      body: {
        recipient: { id: psid },
        messaging_type: messagingType,
        ...(tag === null ? {} : { tag }),
        ...(replyToMid === null ? {} : { reply_to: { mid: replyToMid } }),
        ...(personaId === null ? {} : { persona_id: personaId }),
        message: { ...contentOf(message), metadata },
      },
    },
    sendAnswer,
  );
  return answer.outcome === "ok" ? { outcome: "accepted", mid: answer.value.mid, usage: answer.usage } : answer;
}

function contentOf(content: OutgoingContent): object {
  if ("text" in content) return { text: content.text };
  const { attachment } = content;
  const payload = "attachmentId" in attachment ? { attachment_id: attachment.attachmentId } : { url: attachment.url };
  return { attachment: { type: attachment.type, payload } };
}
