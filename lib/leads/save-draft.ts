import "server-only";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { storableText } from "#lib/messenger/storable-text.ts";
import { lockThread } from "#lib/threads/lock-thread.ts";
import type { LeadRef } from "./lead-ref.ts";
import { resolveLead } from "./resolve-lead.ts";

/** Keeps what the viewer has typed and not sent; an empty text forgets it. */
export async function saveDraft(ref: LeadRef, text: string, viewer: Viewer): Promise<"saved" | "not-found"> {
  return prisma.$transaction(async (tx) => {
    const found = await resolveLead(tx, ref, viewer);
    if (found === null) return "not-found";
    // Held like any change of a lead, see change-lead.ts; but nobody else's screen shows it.
    if (found.psid !== null) await lockThread(tx, { pageId: found.pageId, psid: found.psid });
    const lead = await resolveLead(tx, ref, viewer);
    if (lead === null) return "not-found";
    const key = { pageId: lead.pageId, leadId: lead.id, userId: viewer.agentId };
    if (text === "") {
      await tx.draft.deleteMany({ where: key });
      return "saved";
    }
    const stored = storableText(text);
    await tx.draft.upsert({
      where: { pageId_leadId_userId: key },
      create: { ...key, text: stored },
      update: { text: stored, updatedAt: new Date() },
      select: { leadId: true },
    });
    return "saved";
  });
}
