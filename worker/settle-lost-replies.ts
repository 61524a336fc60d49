import { retellThread } from "#lib/leads/retell-thread.ts";
import { settleLostReplies } from "#lib/threads/settle-lost-replies.ts";
import type { Loop } from "./loop.ts";

/** What a dead worker held in its hands becomes *unknown*, and is never sent again by itself. */
export const settleLost: Loop = {
  name: "settle-lost-replies",
  step: async () => {
    for (const thread of await settleLostReplies()) await retellThread(thread);
    return false;
  },
  lanes: 1,
  idleMs: 5_000,
};
