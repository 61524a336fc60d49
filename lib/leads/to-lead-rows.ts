import "server-only";
import { findAgentNames } from "#lib/agents/find-agent-names.ts";
import { prisma } from "#lib/db.ts";
import { controlAt } from "#lib/threads/control.ts";
import { readControl } from "#lib/threads/read-control.ts";
import { leadReason, leadSource, leadStatus, stage } from "./lead.ts";
import { formatLeadRef } from "./lead-ref.ts";
import type { LeadRow } from "./lead-row.ts";
import type { ListedLead } from "./listed-lead.ts";

/** Leads as rows of a list, with the names of what they point at; a handful of queries, whatever their number. */
export async function toLeadRows(leads: readonly ListedLead[], now: Date): Promise<LeadRow[]> {
  if (leads.length === 0) return [];
  const pageIds = [...new Set(leads.map((lead) => lead.pageId))];
  const [pages, ads, nameOf, answers] = await Promise.all([
    prisma.page.findMany({ where: { id: { in: pageIds } }, select: { id: true, name: true } }),
    prisma.ad.findMany({
      where: { pageId: { in: pageIds }, adId: { in: leads.flatMap((lead) => lead.adId ?? []) } },
      select: { pageId: true, adId: true, title: true },
    }),
    findAgentNames(leads.flatMap((lead) => lead.assigneeId ?? [])),
    prisma.answer.findMany({
      where: { pageId: { in: pageIds }, leadId: { in: leads.map((lead) => lead.id) } },
      select: { leadId: true, answer: true },
      orderBy: [{ pageId: "asc" }, { leadId: "asc" }, { position: "asc" }],
    }),
  ]);
  const answersOf = Map.groupBy(answers, (answer) => answer.leadId);

  return leads.map(({ thread, instantLead, adId, assigneeId, ...lead }) => {
    const own = answersOf.get(lead.id) ?? [];
    const name = thread?.person.fullName ?? instantLead?.fullName ?? null;
    const ad = ads.find((one) => one.pageId === lead.pageId && one.adId === adId);
    const assignee = assigneeId === null ? null : nameOf(assigneeId);
    return {
      ...lead,
      ref: formatLeadRef(lead),
      source: leadSource.parse(lead.source),
      name,
      status: leadStatus.parse(lead.status),
      reason: leadReason.nullable().parse(lead.reason),
      stage: stage.parse(lead.stage),
      assignee: assigneeId === null || assignee === null ? null : { id: assigneeId, name: assignee },
      page: pages.find((page) => page.id === lead.pageId) ?? { id: lead.pageId, name: lead.pageId },
      ad: adId === null ? null : { id: adId, title: ad?.title ?? null },
      firstAnswer: firstAnswer(own, name),
      answerCount: own.length,
      control: thread === null ? null : controlAt(readControl(thread), now).state,
    };
  });
}

/** Forms often ask for the name first; what stands beside the name should say more. */
function firstAnswer(own: readonly { answer: string }[], name: string | null): string | null {
  const told = own.map(({ answer }) => answer).filter((answer) => answer.trim() !== "");
  return told.find((answer) => answer.trim() !== name?.trim()) ?? told[0] ?? null;
}
