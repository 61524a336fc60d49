import "server-only";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import type { LeadRef } from "./lead-ref.ts";
import { resolveLead } from "./resolve-lead.ts";

/** Keeps what the viewer has typed and not sent; an empty text forgets it. */
export async function saveDraft(ref: LeadRef, text: string, viewer: Viewer): Promise<"saved" | "not-found"> {
  const lead = await resolveLead(prisma, ref, viewer);
  if (lead === null) return "not-found";
  const { pageId, id: leadId } = lead;
  const key = { pageId, leadId, userId: viewer.agentId };
  if (text === "") {
    await prisma.draft.deleteMany({ where: key });
    return "saved";
  }
  await prisma.draft.upsert({
    where: { pageId_leadId_userId: key },
    create: { ...key, text },
    update: { text, updatedAt: new Date() },
    select: { leadId: true },
  });
  return "saved";
}
