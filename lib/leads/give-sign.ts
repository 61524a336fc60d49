import "server-only";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { queueSenderAction, type SignOutcome } from "#lib/threads/queue-sender-action.ts";
import type { Sign } from "#lib/threads/sender-action.ts";
import { wakeWorker } from "#lib/wake-worker.ts";
import type { LeadRef } from "./lead-ref.ts";
import { resolveLead } from "./resolve-lead.ts";

/** Shows a lead's person that an agent reads, types, or thinks of a message. No other screen has to know. */
export async function giveSign(ref: LeadRef, sign: Sign, viewer: Viewer): Promise<SignOutcome> {
  const outcome = await prisma.$transaction(async (tx): Promise<SignOutcome> => {
    const lead = await resolveLead(tx, ref, viewer);
    if (lead === null || lead.psid === null) return { outcome: "not-found" };
    return queueSenderAction(tx, { pageId: lead.pageId, psid: lead.psid }, sign, viewer.agentId);
  });
  if (outcome.outcome === "queued") await wakeWorker("replies");
  return outcome;
}
