import { applyDelivery } from "#lib/inbound/apply-delivery.ts";
import type { Loop } from "./loop.ts";

/** Kept deliveries become changes, the oldest first. */
export const applyEvents: Loop = { name: "apply-events", step: applyDelivery, lanes: 3, idleMs: 1_000 };
