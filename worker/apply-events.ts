import { applyDeliveries } from "#lib/inbound/apply-deliveries.ts";
import type { Loop } from "./loop.ts";

/**
 * Kept deliveries become changes. Behind an outage one lane works from the newest end, so that people who write now
 * are seen now, while the other makes good what is oldest. The order changes nothing: everything is a merge. More lanes
 * would apply no faster on two processors, and leave agents' pages less of them.
 */
export const applyEvents: Loop = {
  name: "apply-events",
  step: (lane = 0) => applyDeliveries(lane === 0 ? "newest" : "oldest"),
  lanes: 2,
  idleMs: 1_000,
};
