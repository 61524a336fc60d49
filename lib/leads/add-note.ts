import "server-only";
import type { Viewer } from "#lib/agents/viewer.ts";
import { newId } from "#lib/ids.ts";
import { storableText } from "#lib/messenger/storable-text.ts";
import { changeLead } from "./change-lead.ts";
import type { LeadRef } from "./lead-ref.ts";

/** `intentId`: the press, made by the browser. */
export type NoteWish = { text: string; intentId: string };

/** Writes an internal note on a lead. The same press twice is one note. */
export async function addNote(
  ref: LeadRef,
  { text, intentId }: NoteWish,
  viewer: Viewer,
): Promise<"added" | "not-found"> {
  const outcome = await changeLead<"added">(ref, viewer, async (tx, { pageId, id }) => {
    const { count } = await tx.note.createMany({
      data: { pageId, id: newId(), leadId: id, authorId: viewer.agentId, intentId, text: storableText(text) },
      skipDuplicates: true,
    });
    if (count === 1) await tx.lead.updateMany({ where: { pageId, id }, data: { changedAt: new Date() } });
    return "added";
  });
  return outcome ?? "not-found";
}
