import "server-only";
import { attachmentKind } from "#lib/media/outgoing-file.ts";
import { type OutgoingMessage, type SendOutcome, sendMessage } from "#lib/messenger/send-message.ts";
import { askMeta, type PageAccess } from "#lib/pages/ask-meta.ts";
import { ensurePersona } from "./ensure-persona.ts";
import { type LeasedReply, leaseReply } from "./lease-reply.ts";
import { mayStillLeave } from "./reply.ts";
import { settleReply } from "./settle-reply.ts";
import type { ThreadKey } from "./thread-key.ts";

/** Sends the next due reply, once. Returns its thread, or null when none is due. No transaction is open while Meta answers. */
export async function sendReply(): Promise<ThreadKey | null> {
  // A steady clock goes on while a process is stopped, and nobody can set it.
  const takenAt = performance.now();
  const reply = await leaseReply();
  if (reply === null) return null;
  if ("refused" in reply) return reply.refused;

  const personaId = await ensurePersona(reply.pageId, reply.authorId);
  const outcome = await askMeta(
    reply.pageId,
    ({ token, graphId }): Promise<SendOutcome> =>
      mayStillLeave(takenAt, performance.now())
        ? sendMessage(messageOf(reply, graphId, personaId), token)
        : Promise.resolve({ outcome: "not-sent" }),
  );
  await settleReply({ ...reply, personaId }, outcome);
  return { pageId: reply.pageId, psid: reply.psid };
}

function messageOf(reply: LeasedReply, graphId: PageAccess["graphId"], personaId: string | null): OutgoingMessage {
  const { psid, metadata, replyToMid, terms, attachmentId, contentType } = reply;
  const content =
    attachmentId === null
      ? { text: reply.text.trim() }
      : { attachment: { type: attachmentKind(contentType), attachmentId } };
  const tag = terms.phase === "human" ? terms.tag : null;
  return {
    ...content,
    pageId: graphId,
    psid,
    metadata,
    replyToMid,
    personaId,
    messagingType: terms.messagingType,
    tag,
  };
}
