import "server-only";
import type { Viewer } from "#lib/agents/viewer.ts";
import { newId } from "#lib/ids.ts";
import { storableText } from "#lib/messenger/storable-text.ts";
import { changeLead } from "./change-lead.ts";
import type { LeadRef } from "./lead-ref.ts";

/** Writes an internal note on a lead. */
export async function addNote(ref: LeadRef, text: string, viewer: Viewer): Promise<"added" | "not-found"> {
  const outcome = await changeLead<"added">(ref, viewer, async (tx, { pageId, id }) => {
    await tx.note.create({
      data: { pageId, id: newId(), leadId: id, authorId: viewer.agentId, text: storableText(text) },
      select: { id: true },
    });
    await tx.lead.updateMany({ where: { pageId, id }, data: { changedAt: new Date() } });
    return "added";
  });
  return outcome ?? "not-found";
}
