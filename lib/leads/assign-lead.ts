import "server-only";
import type { Viewer } from "#lib/agents/viewer.ts";
import { newId } from "#lib/ids.ts";
import { changeLead } from "./change-lead.ts";
import type { LeadRef } from "./lead-ref.ts";
import { tellActivity } from "./tell-activity.ts";

export type AssignOutcome = "assigned" | "not-found" | "no-such-agent";

/** Gives a lead to somebody who may see its page, or to nobody. */
export async function assignLead(ref: LeadRef, agentId: string | null, viewer: Viewer): Promise<AssignOutcome> {
  const outcome = await changeLead<AssignOutcome>(ref, viewer, async (tx, { pageId, id }) => {
    if (agentId !== null) {
      const sees = { OR: [{ allPages: true }, { role: "admin" }, { pages: { some: { pageId } } }] };
      if ((await tx.user.count({ where: { id: agentId, disabledAt: null, ...sees } })) === 0) return "no-such-agent";
    }
    const now = new Date();
    const { count } = await tx.lead.updateMany({
      where: {
        pageId,
        id,
        OR:
          agentId === null ? [{ assigneeId: { not: null } }] : [{ assigneeId: null }, { assigneeId: { not: agentId } }],
      },
      data: { assigneeId: agentId, assignedAt: now, changedAt: now },
    });
    if (count === 0) return "assigned";
    const why = agentId === null ? "released" : "assigned";
    await tx.assignment.create({
      data: { pageId, id: newId(), leadId: id, assigneeId: agentId, byId: viewer.agentId, why },
      select: { id: true },
    });
    const told =
      agentId === null ? { kind: "unassigned" as const } : { kind: "assigned" as const, data: { to: agentId } };
    await tellActivity(tx, { pageId, id }, { actorId: viewer.agentId, ...told });
    return "assigned";
  });
  return outcome ?? "not-found";
}
