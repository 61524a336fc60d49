import { fetchInstantLead } from "#lib/leads/fetch-instant-lead.ts";
import type { Loop } from "./loop.ts";

/** Fetches the answers of instant forms; the leads are on the screens before. */
export const fetchInstantLeads: Loop = {
  name: "fetch-instant-leads",
  step: fetchInstantLead,
  lanes: 1,
  idleMs: 2_000,
  pauseMs: 500,
};
