import "server-only";
import type { Viewer } from "#lib/agents/viewer.ts";
import { type QueueOutcome, queueReply } from "#lib/threads/queue-reply.ts";
import { wakeWorker } from "#lib/wake-worker.ts";
import { changeLead } from "./change-lead.ts";
import type { LeadRef } from "./lead-ref.ts";

export type FollowUpOutcome = QueueOutcome | { outcome: "not-found" };

/** Answers a lead's person: judged, queued, and sent by the worker when the time to take it back is over. */
export async function followUp(
  ref: LeadRef,
  { intentId, text, seenMid }: { intentId: string; text: string; seenMid: string | null },
  viewer: Viewer,
): Promise<FollowUpOutcome> {
  const outcome = await changeLead<QueueOutcome | null>(ref, viewer, async (tx, { pageId, id, psid }) => {
    if (psid === null) return null;
    const queued = await queueReply(tx, { pageId, psid }, { intentId, text, seenMid, authorId: viewer.agentId });
    if (queued.outcome === "queued") {
      await tx.draft.deleteMany({ where: { pageId, leadId: id, userId: viewer.agentId } });
    }
    return queued;
  });
  if (outcome === null) return { outcome: "not-found" };
  if (outcome.outcome === "queued") await wakeWorker("replies");
  return outcome;
}
