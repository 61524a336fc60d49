/** Rows for tests: a page, somebody who signs in, and leads where a test needs many of them at once. */
import type { Role, Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { newId } from "#lib/ids.ts";
import type { Answer } from "#lib/leads/lead.ts";

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

export async function writePage(id: string, name: string): Promise<void> {
  await prisma.page.create({ data: { id, name } });
}

type NewLead = { pageId: string; at: Date } & Partial<{
  psid: string;
  fullName: string | null;
  answers: Answer[];
  search: string;
  status: string;
  reason: string | null;
  stage: string;
  adId: string | null;
  assigneeId: string | null;
  firstResponseAt: Date | null;
  lastActivityAt: Date;
  lastInboundAt: Date | null;
  waitingSince: Date | null;
  freeUntil: Date | null;
  probableUntil: Date | null;
  humanUntil: Date | null;
  doneAt: Date | null;
  control: string;
  controlExpiresAt: Date | null;
}>;

/** Leads as applying events leaves them, each of a person of their own unless named. Returns their ids, in order. */
export async function writeLeads(given: readonly NewLead[]): Promise<string[]> {
  const rows = given.map(({ psid = newPsid(), fullName = null, answers = [], search = "", ...one }) => {
    const { control = "unknown", controlExpiresAt = null, ...lead } = one;
    const { pageId, at, status = "complete", lastActivityAt = at } = lead;
    const thread = { pageId, psid };
    const id = newId();
    return {
      person: { ...thread, fullName },
      thread: { ...thread, control, controlExpiresAt },
      lead: { ...lead, ...thread, id, status, receivedAt: at, lastActivityAt },
      search: { pageId, leadId: id, text: search },
      answers: answers.map((answer, position) => ({ pageId, leadId: id, position, ...answer })),
    };
  });
  await prisma.person.createMany({ data: rows.map(({ person }) => person) });
  await prisma.thread.createMany({ data: rows.map(({ thread }) => thread) });
  await prisma.lead.createMany({ data: rows.map(({ lead }) => lead) });
  await prisma.leadSearch.createMany({ data: rows.map(({ search }) => search) });
  await prisma.answer.createMany({ data: rows.flatMap(({ answers }) => answers) });
  return rows.map(({ lead }) => lead.id);
}

let people = 0;

function newPsid(): string {
  people += 1;
  return `77190099${String(people).padStart(8, "0")}`;
}

/** A lead of a thread; those of instant forms have none. */
export function threaded<T extends { psid: string | null }>(lead: T): T & { psid: string } {
  const { psid } = lead;
  if (psid === null) throw new Error("The lead must stand in a thread.");
  return { ...lead, psid };
}
