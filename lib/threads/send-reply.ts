import "server-only";
import { type SendOutcome, sendMessage } from "#lib/messenger/send-message.ts";
import { askMeta } from "#lib/pages/ask-meta.ts";
import { leaseReply } from "./lease-reply.ts";
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

  const { pageId, psid, text, metadata, terms } = reply;
  const tag = terms.phase === "human" ? terms.tag : null;
  const outcome = await askMeta(
    pageId,
    ({ token, graphId }): Promise<SendOutcome> =>
      mayStillLeave(takenAt, performance.now())
        ? sendMessage({ pageId: graphId, psid, text, metadata, messagingType: terms.messagingType, tag }, token)
        : Promise.resolve({ outcome: "not-sent" }),
  );
  await settleReply(reply, outcome);
  return { pageId, psid };
}
