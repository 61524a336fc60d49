import { retellThread } from "#lib/leads/retell-thread.ts";
import { sendReply } from "#lib/threads/send-reply.ts";
import type { Loop } from "./loop.ts";

/** Replies leave when the time to take them back is over; short naps, because nobody announces that moment. */
export const sendReplies: Loop = {
  name: "send-replies",
  step: async () => {
    const thread = await sendReply();
    if (thread !== null) await retellThread(thread);
    return thread !== null;
  },
  lanes: 4,
  idleMs: 200,
};
