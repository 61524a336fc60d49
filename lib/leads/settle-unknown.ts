import "server-only";
import type { Viewer } from "#lib/agents/viewer.ts";
import { settleByPerson } from "#lib/threads/settle-by-person.ts";
import { changeLead } from "./change-lead.ts";
import type { LeadRef } from "./lead-ref.ts";
import { refreshLeads } from "./refresh-leads.ts";
import { tellActivity } from "./tell-activity.ts";

/** A person says how a reply ended that Meta did not answer clearly. */
export async function settleUnknown(
  ref: LeadRef,
  { replyId, hasArrived }: { replyId: string; hasArrived: boolean },
  viewer: Viewer,
): Promise<"settled" | "too-late" | "not-found"> {
  const outcome = await changeLead(ref, viewer, async (tx, { pageId, id, psid }) => {
    if (psid === null) return null;
    const settled = await settleByPerson(tx, { pageId, psid }, replyId, hasArrived);
    if (settled !== "settled") return settled;
    const kind = hasArrived ? "reply_arrived" : "reply_not_arrived";
    await tellActivity(tx, { pageId, id }, { kind, actorId: viewer.agentId });
    await refreshLeads(tx, pageId, [psid]);
    return settled;
  });
  return outcome ?? "not-found";
}
