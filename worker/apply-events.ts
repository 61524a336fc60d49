import { applyDelivery } from "#lib/inbound/apply-delivery.ts";
import { applyWaitingEvents } from "#lib/inbound/apply-waiting-events.ts";
import type { Loop } from "./loop.ts";

/** Kept deliveries become changes, the oldest first. */
export const applyEvents: Loop = { name: "apply-events", step: applyDelivery, lanes: 3, idleMs: 1_000 };

/** Events that waited for their page are applied once it is connected. */
export const applyLateEvents: Loop = {
  name: "apply-late-events",
  step: async () => (await applyWaitingEvents()) > 0,
  lanes: 1,
  idleMs: 5_000,
};
