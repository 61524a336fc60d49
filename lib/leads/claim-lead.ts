import "server-only";
import type { Viewer } from "#lib/agents/viewer.ts";
import { newId } from "#lib/ids.ts";
import { changeLead } from "./change-lead.ts";
import type { LeadRef } from "./lead-ref.ts";
import { tellActivity } from "./tell-activity.ts";

export type ClaimOutcome = "claimed" | "taken" | "not-found";

/** Gives a free lead to the viewer. Two agents may click at once; the database picks one. */
export async function claimLead(ref: LeadRef, viewer: Viewer): Promise<ClaimOutcome> {
  const outcome = await changeLead<ClaimOutcome>(ref, viewer, async (tx, { pageId, id }) => {
    const now = new Date();
    const { count } = await tx.lead.updateMany({
      where: { pageId, id, assigneeId: null },
      data: { assigneeId: viewer.agentId, assignedAt: now, changedAt: now },
    });
    if (count === 0) {
      return (await tx.lead.count({ where: { pageId, id, assigneeId: viewer.agentId } })) === 1 ? "claimed" : "taken";
    }
    await tx.assignment.create({
      data: { pageId, id: newId(), leadId: id, assigneeId: viewer.agentId, byId: viewer.agentId, why: "claimed" },
      select: { id: true },
    });
    await tellActivity(tx, { pageId, id }, { kind: "claimed", actorId: viewer.agentId });
    return "claimed";
  });
  return outcome ?? "not-found";
}
