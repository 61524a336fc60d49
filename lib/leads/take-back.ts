import "server-only";
import type { Viewer } from "#lib/agents/viewer.ts";
import { cancelReply } from "#lib/threads/cancel-reply.ts";
import { changeLead } from "./change-lead.ts";
import type { LeadRef } from "./lead-ref.ts";

/** Takes back the viewer's own reply while it has not left. */
export async function takeBack(
  ref: LeadRef,
  replyId: string,
  viewer: Viewer,
): Promise<"cancelled" | "too-late" | "not-found"> {
  const outcome = await changeLead(ref, viewer, async (tx, { pageId, psid }) =>
    psid === null ? null : cancelReply(tx, { pageId, psid }, replyId, viewer.agentId),
  );
  return outcome ?? "not-found";
}
