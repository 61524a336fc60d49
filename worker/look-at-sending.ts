import { env } from "#lib/env.ts";
import { retellThread } from "#lib/leads/retell-thread.ts";
import { lookAtSending as look } from "#lib/threads/look-at-sending.ts";
import { settleOldReplies } from "#lib/threads/settle-old-replies.ts";
import type { Loop } from "./loop.ts";

/** Nothing leaves a database nobody has looked at: this is the look, soon after each start of the server. */
export const lookAtSending: Loop = {
  name: "look-at-sending",
  step: async () => {
    await look(env.DATA_DIR);
    const threads = await settleOldReplies();
    for (const thread of threads) await retellThread(thread);
    return threads.length > 0;
  },
  // While one waits on a line that has died, the other looks.
  lanes: 2,
  idleMs: 500,
};
