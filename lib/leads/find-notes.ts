import "server-only";
import { findAgentNames } from "#lib/agents/find-agent-names.ts";
import { prisma } from "#lib/db.ts";
import type { LeadNote } from "./lead-page.ts";
import type { LeadRef } from "./lead-ref.ts";

const NEWEST = 200;

/** A lead's newest notes. Who may see the lead was decided by the caller's query. */
export async function findNotes({ pageId, id }: LeadRef): Promise<LeadNote[]> {
  const notes = await prisma.note.findMany({
    where: { pageId, leadId: id },
    select: { id: true, authorId: true, text: true, createdAt: true },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: NEWEST,
  });
  const nameOf = await findAgentNames(notes.map(({ authorId }) => authorId));
  return notes.map(({ authorId, ...note }) => ({ ...note, author: nameOf(authorId) ?? "" }));
}
