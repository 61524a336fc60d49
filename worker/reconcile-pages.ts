import { reconcilePage } from "#lib/inbound/reconcile-page.ts";
import type { Loop } from "./loop.ts";

/** Reads pages' conversations again for what their webhooks never told: one call per turn, as Meta's limit allows. */
export const reconcilePages: Loop = { name: "reconcile-pages", step: reconcilePage, lanes: 1, idleMs: 500 };
