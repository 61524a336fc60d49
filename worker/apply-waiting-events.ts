import { applyWaitingEvents } from "#lib/inbound/apply-waiting-events.ts";
import type { Loop } from "./loop.ts";

/** Events that waited for their page are applied once it is connected. */
export const applyWaiting: Loop = {
  name: "apply-waiting-events",
  step: async () => (await applyWaitingEvents()) > 0,
  lanes: 1,
  idleMs: 5_000,
  pauseMs: 500,
};
