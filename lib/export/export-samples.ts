/** Leads written straight into the tables, for tests of what leaves the house. */
import { prisma } from "#lib/db.ts";
import { newId } from "#lib/ids.ts";
import type { Answer } from "#lib/leads/lead.ts";

export type SampleLead = {
  pageId: string;
  psid: string;
  at: Date;
  answers?: Answer[];
  fullName?: string | null;
  adId?: string | null;
  status?: string;
  reason?: string | null;
  assigneeId?: string | null;
  firstResponseAt?: Date | null;
  lastInboundAt?: Date | null;
  freeUntil?: Date | null;
  humanUntil?: Date | null;
  createdAt?: Date;
};

export async function writePage(id: string, name: string): Promise<void> {
  await prisma.page.create({ data: { id, name } });
}

export async function writeLeads(samples: readonly SampleLead[]): Promise<string[]> {
  const leads = samples.map((sample) => ({ ...sample, id: newId() }));
  const people = leads.map(({ pageId, psid, fullName = null }) => ({ pageId, psid, fullName }));
  await prisma.person.createMany({ data: people, skipDuplicates: true });
  await prisma.thread.createMany({ data: people.map(({ pageId, psid }) => ({ pageId, psid })), skipDuplicates: true });
  await prisma.lead.createMany({
    data: leads.map(({ answers: _answers, fullName: _name, status = "complete", ...lead }) => ({
      ...lead,
      status,
      receivedAt: lead.at,
      lastActivityAt: lead.at,
    })),
  });
  await prisma.answer.createMany({
    data: leads.flatMap(({ pageId, id, answers = [] }) =>
      answers.map((answer, position) => ({ pageId, leadId: id, position, ...answer })),
    ),
  });
  return leads.map(({ id }) => id);
}
