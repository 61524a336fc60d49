import "server-only";
import type { Viewer } from "#lib/agents/viewer.ts";
import type { Tx } from "#lib/db.ts";
import { changeLead } from "./change-lead.ts";
import type { LeadRef } from "./lead-ref.ts";
import { refreshLeads } from "./refresh-leads.ts";
import { tellActivity } from "./tell-activity.ts";

/** Puts a lead aside as done, or takes it up again. Ours alone: Meta is not told. */
export async function setDone(ref: LeadRef, isDone: boolean, viewer: Viewer): Promise<"changed" | "not-found"> {
  const outcome = await changeLead<"changed">(ref, viewer, async (tx, { pageId, id, psid }) => {
    const { count } = await tx.lead.updateMany({
      where: { pageId, id, doneAt: isDone ? null : { not: null } },
      data: { doneAt: isDone ? new Date() : null },
    });
    if (count === 1) {
      await tellActivity(tx, { pageId, id }, { kind: isDone ? "done" : "reopened", actorId: viewer.agentId });
      if (psid === null) await tellWaiting(tx, { pageId, id }, isDone);
      else await refreshLeads(tx, pageId, [psid]);
    }
    return "changed";
  });
  return outcome ?? "not-found";
}

/** Without a thread nobody writes; who filled in a form waits until the lead is done. */
async function tellWaiting(tx: Tx, { pageId, id }: LeadRef, isDone: boolean): Promise<void> {
  const lead = await tx.lead.findUniqueOrThrow({ where: { pageId_id: { pageId, id } }, select: { at: true } });
  await tx.lead.updateMany({
    where: { pageId, id },
    data: { waitingSince: isDone ? null : lead.at, changedAt: new Date() },
  });
}
