import "server-only";
import type { Viewer } from "#lib/agents/viewer.ts";
import { storableText } from "#lib/messenger/storable-text.ts";
import { changeLead } from "./change-lead.ts";
import type { Stage } from "./lead.ts";
import type { LeadRef } from "./lead-ref.ts";
import { tellActivity } from "./tell-activity.ts";

/** Moves a lead to a sales stage; a lost one may say why. Every change is kept with who and when. */
export async function setStage(
  ref: LeadRef,
  { stage, reason }: { stage: Stage; reason?: string | undefined },
  viewer: Viewer,
): Promise<"changed" | "not-found"> {
  const stageReason = stage === "lost" ? storableText(reason?.trim() ?? "") || null : null;
  const outcome = await changeLead<"changed">(ref, viewer, async (tx, { pageId, id }) => {
    const now = new Date();
    const before = await tx.lead.findUniqueOrThrow({
      where: { pageId_id: { pageId, id } },
      select: { stage: true, stageReason: true, psid: true },
    });
    if (before.stage === stage && before.stageReason === stageReason) return "changed";
    await tx.lead.update({
      where: { pageId_id: { pageId, id } },
      data: {
        stage,
        stageReason,
        stageChangedAt: now,
        changedAt: now,
        // Without a thread the stage is the only trace that somebody of ours got in touch.
        ...(before.psid === null && stage !== "new" ? { waitingSince: null } : {}),
      },
      select: { id: true },
    });
    const data = { from: before.stage, to: stage, reason: stageReason };
    await tellActivity(tx, { pageId, id }, { kind: "stage_changed", actorId: viewer.agentId, data });
    return "changed";
  });
  return outcome ?? "not-found";
}
