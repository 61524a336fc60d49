import "server-only";
import { callGraph, type GraphFailure } from "./call-graph.ts";
import { sendAnswer } from "./graph-reply.ts";

export type OutgoingMessage = {
  pageId: string;
  psid: string;
  text: string;
  /** Comes back in the echo. */
  metadata: string;
  messagingType: "RESPONSE" | "MESSAGE_TAG";
  tag: "HUMAN_AGENT" | null;
};

export type SendOutcome = { outcome: "accepted"; mid: string } | GraphFailure;

/** Sends a text through the Send API, once. https://developers.facebook.com/docs/messenger-platform/reference/send-api */
export async function sendMessage(message: OutgoingMessage, token: string): Promise<SendOutcome> {
  const { pageId, psid, text, metadata, messagingType, tag } = message;
  const answer = await callGraph({
    kind: "send",
    method: "POST",
    path: `${pageId}/messages`,
    token,
    body: {
      recipient: { id: psid },
      messaging_type: messagingType,
      ...(tag === null ? {} : { tag }),
      message: { text, metadata },
    },
  });
  if (answer.outcome !== "ok") return answer;
  const accepted = sendAnswer.safeParse(answer.data);
  if (!accepted.success) return { outcome: "unclear", reason: "an answer without a message id" };
  return { outcome: "accepted", mid: accepted.data.mid };
}
