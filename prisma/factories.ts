/** Rows for tests: somebody who signs in, and leads where a test needs many of them at once. */
import type { Role, Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { newId } from "#lib/ids.ts";

/** A user and the viewer they are; without pages they see all of them. */
export async function newViewer({
  name = "Ada",
  role = "agent",
  pageIds = null,
}: Partial<Viewer> = {}): Promise<Viewer> {
  const id = newId();
  const user: { id: string; name: string; email: string; role: Role } = { id, name, email: `${id}@example.org`, role };
  await prisma.user.create({
    data: {
      ...user,
      allPages: pageIds === null,
      pages: { create: (pageIds ?? []).map((pageId) => ({ pageId })) },
    },
  });
  return { agentId: id, name, email: user.email, role, pageIds };
}

type NewLead = { pageId: string; at: Date } & Partial<{
  fullName: string | null;
  search: string;
  status: string;
  reason: string | null;
  stage: string;
  adId: string | null;
  assigneeId: string | null;
  lastActivityAt: Date;
  waitingSince: Date | null;
  freeUntil: Date | null;
  probableUntil: Date | null;
  humanUntil: Date | null;
  doneAt: Date | null;
  control: string;
  controlExpiresAt: Date | null;
}>;

let people = 0;

/** Leads as applying events leaves them, each of a person of their own. Returns their ids, in order. */
export async function writeLeads(given: readonly NewLead[]): Promise<string[]> {
  const rows = given.map(({ fullName = null, search = "", control = "unknown", controlExpiresAt = null, ...lead }) => {
    people += 1;
    const thread = { pageId: lead.pageId, psid: `77190099${String(people).padStart(8, "0")}` };
    const { at, status = "complete", lastActivityAt = at } = lead;
    return {
      person: { ...thread, fullName },
      thread: { ...thread, control, controlExpiresAt },
      lead: { ...lead, ...thread, id: newId(), status, receivedAt: at, lastActivityAt },
      search,
    };
  });
  await prisma.person.createMany({ data: rows.map(({ person }) => person) });
  await prisma.thread.createMany({ data: rows.map(({ thread }) => thread) });
  await prisma.lead.createMany({ data: rows.map(({ lead }) => lead) });
  await prisma.leadSearch.createMany({
    data: rows.map(({ lead, search }) => ({ pageId: lead.pageId, leadId: lead.id, text: search })),
  });
  return rows.map(({ lead }) => lead.id);
}
