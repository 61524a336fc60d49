import "server-only";
import type { Viewer } from "#lib/agents/viewer.ts";
import { type ControlQueued, type ControlWish, queueControlAction } from "#lib/threads/queue-control-action.ts";
import { wakeWorker } from "#lib/wake-worker.ts";
import { changeLead } from "./change-lead.ts";
import type { LeadRef } from "./lead-ref.ts";
import { tellActivity } from "./tell-activity.ts";

/** Asks for a change of thread control; the worker speaks to Meta. The same press twice is told once, and of two colleagues one asks. */
export async function askControl(
  ref: LeadRef,
  wish: Omit<ControlWish, "authorId">,
  viewer: Viewer,
): Promise<Exclude<ControlQueued, "queued-before"> | "not-found"> {
  const outcome = await changeLead(ref, viewer, async (tx, { pageId, id, psid }) => {
    if (psid === null) return "not-offered";
    const queued = await queueControlAction(tx, { pageId, psid }, { ...wish, authorId: viewer.agentId });
    if (queued === "queued") {
      await tellActivity(
        tx,
        { pageId, id },
        { kind: "control_asked", actorId: viewer.agentId, data: { kind: wish.kind } },
      );
    }
    return queued;
  });
  if (outcome === null) return "not-found";
  if (outcome === "not-offered" || outcome === "pending") return outcome;
  await wakeWorker("control");
  return "queued";
}
