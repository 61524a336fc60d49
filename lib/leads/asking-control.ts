/**
 * While a lead's questions run, the Leadgen app holds its thread, even where no fact about control has
 * reached us: a label is often all that tells of a running flow.
 */
import { LEADGEN_APP_ID } from "#lib/messenger/app-ids.ts";
import type { Control } from "#lib/threads/control.ts";
import type { LeadStatus } from "./lead.ts";

export function askingControl(status: LeadStatus, at: Date, control: Control): Control {
  if (status !== "in_progress" || control.state !== "unknown") return control;
  return { state: "leadgen", appId: LEADGEN_APP_ID, since: at, expiresAt: null, source: null };
}
