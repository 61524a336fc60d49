import "server-only";
import type { Viewer } from "#lib/agents/viewer.ts";
import { type QueueOutcome, queueReply, type ReplyWish } from "#lib/threads/queue-reply.ts";
import { wakeWorker } from "#lib/wake-worker.ts";
import { changeLead } from "./change-lead.ts";
import type { LeadRef } from "./lead-ref.ts";

export type FollowUpOutcome = QueueOutcome | { outcome: "not-found" };

/** What an agent sends: a text, files, or both; perhaps as an answer to one message. */
export type FollowUp = Pick<ReplyWish, "intentId" | "text" | "seenMid"> &
  Partial<Pick<ReplyWish, "mediaIds" | "replyToMid">>;

const nothingMore = { mediaIds: [], replyToMid: null };

/** Answers a lead's person: judged, queued, and sent by the worker when the time to take it back is over. */
export async function followUp(ref: LeadRef, wish: FollowUp, viewer: Viewer): Promise<FollowUpOutcome> {
  const outcome = await changeLead<QueueOutcome | null>(ref, viewer, async (tx, { pageId, id, psid }) => {
    if (psid === null) return null;
    const queued = await queueReply(tx, { pageId, psid }, { ...nothingMore, ...wish, authorId: viewer.agentId });
    if (queued.outcome === "queued") {
      await tx.draft.deleteMany({ where: { pageId, leadId: id, userId: viewer.agentId } });
    }
    return queued;
  });
  if (outcome === null) return { outcome: "not-found" };
  if (outcome.outcome === "queued") await wakeWorker("replies");
  return outcome;
}
