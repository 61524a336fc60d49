import "server-only";
import { z } from "zod";
import { askGraph, type GraphAnswer } from "./ask-graph.ts";

/** Signs that are no message. A page has one reaction per message; `unreact` takes it back. */
export type SenderSign =
  | { action: "typing_on" | "typing_off" | "mark_seen" }
  | { action: "react"; mid: string; emoji: string }
  | { action: "unreact"; mid: string };

export type SignPlace = { pageId: string; psid: string; personaId?: string | null };

/** Shows the person that somebody is typing, has seen, or thinks of a message. What goes wrong here may be ignored. */
export function sendSenderAction(
  sign: SenderSign,
  { pageId, psid, personaId = null }: SignPlace,
  token: string,
): Promise<GraphAnswer<unknown>> {
  return askGraph(
    {
      kind: "control",
      method: "POST",
      path: `${pageId}/messages`,
      token,
      body: {
        recipient: { id: psid },
        sender_action: sign.action,
        ...("mid" in sign ? { payload: payloadOf(sign) } : {}),
        ...(personaId === null || "mid" in sign ? {} : { persona_id: personaId }),
      },
    },
    z.unknown(),
  );
}

function payloadOf(sign: Extract<SenderSign, { mid: string }>): object {
  return sign.action === "react" ? { message_id: sign.mid, reaction: sign.emoji } : { message_id: sign.mid };
}
