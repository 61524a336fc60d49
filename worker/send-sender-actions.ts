import { retellThread } from "#lib/leads/retell-thread.ts";
import { sendNextSign } from "#lib/threads/send-next-sign.ts";
import type { Loop } from "./loop.ts";

/** Typing, seen and reactions: woken at once, because a late sign is worth nothing. */
export const sendSenderActions: Loop = {
  name: "send-sender-actions",
  step: async () => {
    const sent = await sendNextSign();
    if (sent?.isNews === true) await retellThread(sent);
    return sent !== null;
  },
  lanes: 1,
  idleMs: 2_000,
};
