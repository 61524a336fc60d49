import { retellThread } from "#lib/leads/retell-thread.ts";
import { holdReplies as hold } from "#lib/threads/hold-replies.ts";
import type { Loop } from "./loop.ts";

/** Replies that wait for their page to be repaired say so. */
export const holdReplies: Loop = {
  name: "hold-replies",
  step: async () => {
    const threads = await hold();
    for (const thread of threads) await retellThread(thread);
    return threads.length > 0;
  },
  lanes: 1,
  idleMs: 2_000,
};
