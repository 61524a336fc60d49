import { retellThread } from "#lib/leads/retell-thread.ts";
import { runControlAction } from "#lib/threads/run-control-action.ts";
import type { Loop } from "./loop.ts";

/** Takes, passes, requests and releases threads as agents asked. */
export const controlThreads: Loop = {
  name: "control-threads",
  step: async () => {
    const thread = await runControlAction();
    if (thread !== null) await retellThread(thread);
    return thread !== null;
  },
  lanes: 1,
  idleMs: 1_000,
};
