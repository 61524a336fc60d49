import "server-only";
import { findAgentNames } from "#lib/agents/find-agent-names.ts";
import { prisma } from "#lib/db.ts";
import type { Prisma } from "#lib/generated/prisma/client.ts";
import type { ExportAd, ExportCursor, ExportLead, ExportScope } from "./export-lead.ts";
import { exportOrder, exportWhere } from "./export-where.ts";
import { firstResponseSeconds } from "./first-response.ts";
import { type Answer, leadReason, leadStatus, stage } from "./lead.ts";

const PAGE = 1_000;

const exportedLead = {
  id: true,
  psid: true,
  instantLead: { select: { fullName: true, platform: true } },
  at: true,
  receivedAt: true,
  adId: true,
  status: true,
  reason: true,
  stage: true,
  assigneeId: true,
  firstResponseAt: true,
  lastInboundAt: true,
  freeUntil: true,
  probableUntil: true,
  humanUntil: true,
} satisfies Prisma.LeadSelect;

/** One page of an export, with the cursor of the next or null. Names and answers are read in bulk beside it. */
export async function findExportLeads(
  scope: ExportScope,
  after: ExportCursor | null,
): Promise<{ leads: ExportLead[]; next: ExportCursor | null }> {
  const { pageId } = scope;
  const rows = await prisma.lead.findMany({
    where: exportWhere(scope, after),
    orderBy: exportOrder,
    take: PAGE,
    select: exportedLead,
  });
  const last = rows.at(-1);
  if (last === undefined) return { leads: [], next: null };

  const [page, ads, people, agentName, answers] = await Promise.all([
    prisma.page.findUniqueOrThrow({ where: { id: pageId }, select: { name: true, platform: true } }),
    findAds(pageId, distinct(rows.map((row) => row.adId))),
    findNames(pageId, distinct(rows.map((row) => row.psid))),
    findAgentNames(distinct(rows.map((row) => row.assigneeId))),
    findAnswers(
      pageId,
      rows.map((row) => row.id),
    ),
  ]);

  const leads = rows.map(
    (row): ExportLead => ({
      pageId,
      id: row.id,
      psid: row.psid,
      at: row.at,
      receivedAt: row.receivedAt,
      page: { name: page.name },
      platform: row.instantLead?.platform ?? page.platform,
      ad: row.adId === null ? null : (ads.get(row.adId) ?? unknownAd(row.adId)),
      status: leadStatus.parse(row.status),
      reason: row.reason === null ? null : leadReason.parse(row.reason),
      stage: stage.parse(row.stage),
      fullName: row.psid === null ? (row.instantLead?.fullName ?? null) : (people.get(row.psid) ?? null),
      assignee: row.assigneeId === null ? null : agentName(row.assigneeId),
      firstResponseSeconds: firstResponseSeconds(row.at, row.firstResponseAt),
      lastInboundAt: row.lastInboundAt,
      windowClosesAt: latest([row.freeUntil, row.probableUntil, row.humanUntil]),
      answers: answers.get(row.id) ?? [],
    }),
  );
  return { leads, next: rows.length < PAGE ? null : { at: last.at, id: last.id } };
}

async function findAds(pageId: string, adIds: string[]): Promise<Map<string, ExportAd>> {
  const ads = await prisma.ad.findMany({
    where: { pageId, adId: { in: adIds } },
    select: { adId: true, title: true, name: true, campaignId: true, campaignName: true },
  });
  return new Map(ads.map(({ adId: id, ...ad }) => [id, { id, ...ad }]));
}

function unknownAd(id: string): ExportAd {
  return { id, title: null, name: null, campaignId: null, campaignName: null };
}

async function findNames(pageId: string, psids: string[]): Promise<Map<string, string | null>> {
  const people = await prisma.person.findMany({
    where: { pageId, psid: { in: psids } },
    select: { psid: true, fullName: true },
  });
  return new Map(people.map((person) => [person.psid, person.fullName]));
}

async function findAnswers(pageId: string, leadIds: string[]): Promise<Map<string, Answer[]>> {
  const answers = await prisma.answer.findMany({
    where: { pageId, leadId: { in: leadIds } },
    orderBy: [{ leadId: "asc" }, { position: "asc" }],
    select: { leadId: true, question: true, answer: true },
  });
  return Map.groupBy(answers, (answer) => answer.leadId);
}

function distinct(ids: readonly (string | null)[]): string[] {
  return [...new Set(ids)].filter((id) => id !== null);
}

function latest(times: readonly (Date | null)[]): Date | null {
  const known = times.filter((time) => time !== null).map((time) => time.getTime());
  return known.length === 0 ? null : new Date(Math.max(...known));
}
