import "server-only";
import { z } from "zod";
import { askGraph, type GraphAnswer } from "./ask-graph.ts";
import { claimField, textField } from "./graph-fields.ts";

/** Whether a page's instant-form leads may be read, and in Meta's words why not. Null: Meta does not say. */
export type LeadAccess = {
  canRead: boolean | null;
  appHasPermission: boolean | null;
  userHasPermission: boolean | null;
  isManagerOn: boolean | null;
  failureReason: string | null;
  failureResolution: string | null;
};

const facts = z.object({
  can_access_lead: claimField,
  app_has_leads_permission: claimField,
  user_has_leads_permission: claimField,
  enabled_lead_access_manager: claimField,
  failure_reason: textField,
  failure_resolution: textField,
});
const answer = z.object({ has_lead_access: facts.nullish().catch(null) }).transform(({ has_lead_access: access }) => ({
  canRead: access?.can_access_lead ?? null,
  appHasPermission: access?.app_has_leads_permission ?? null,
  userHasPermission: access?.user_has_leads_permission ?? null,
  isManagerOn: access?.enabled_lead_access_manager ?? null,
  failureReason: access?.failure_reason ?? null,
  failureResolution: access?.failure_resolution ?? null,
}));

/** Asks Meta whether a page's leads are open to us: the Leads Access Manager can close them even to admins. */
export function getLeadAccess(pageId: string, token: string): Promise<GraphAnswer<LeadAccess>> {
  const query = { fields: "has_lead_access" };
  return askGraph({ kind: "read", method: "GET", path: pageId, token, query }, answer);
}
