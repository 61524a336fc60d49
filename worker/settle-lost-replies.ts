import { retellThread } from "#lib/leads/retell-thread.ts";
import { lookUpUnknown } from "#lib/threads/look-up-unknown.ts";
import { settleLostReplies } from "#lib/threads/settle-lost-replies.ts";
import type { Loop } from "./loop.ts";

/**
 * What a dead worker held in its hands becomes *unknown*, and is never sent again by itself. What stays unknown is
 * looked up at Meta.
 */
export const settleLost: Loop = {
  name: "settle-lost-replies",
  step: async () => {
    for (const thread of await settleLostReplies()) await retellThread(thread);
    // The threads that are due are read by the loop that reads threads.
    await lookUpUnknown();
    return false;
  },
  lanes: 1,
  idleMs: 5_000,
};
