import "server-only";
import { prisma } from "#lib/db.ts";
import { controlAt } from "#lib/threads/control.ts";
import { type ControlColumns, readControl } from "#lib/threads/read-control.ts";
import { leadReason, leadSource, leadStatus, stage } from "./lead.ts";
import { formatLeadRef, type LeadRef } from "./lead-ref.ts";
import type { LeadRow } from "./lead-row.ts";

/** What a row does not say as the table does. */
type Worded = "ref" | "source" | "status" | "reason" | "stage" | "assignee" | "page" | "ad";
type Found = Omit<LeadRow, Worded | "firstAnswer" | "answerCount" | "control"> &
  ControlColumns & {
    source: string;
    status: string;
    reason: string | null;
    stage: string;
    adId: string | null;
    adTitle: string | null;
    assigneeId: string | null;
    assigneeName: string | null;
    pageName: string | null;
    answers: string[] | null;
  };

/**
 * Leads as rows of a list, in the order given; whoever asks has seen to it that the viewer may see them. Raw, because
 * every open inbox asks for each change: one statement costs a tenth of the nine that Prisma would make of it. Questions
 * within it instead of joins: eight joined tables take the database longer to plan than to read.
 */
export async function toLeadRows(refs: readonly LeadRef[], now: Date): Promise<LeadRow[]> {
  if (refs.length === 0) return [];
  const wanted = JSON.stringify(refs.map(({ pageId, id }) => ({ pageId, id })));
  const found = await prisma.$queryRaw<Found[]>`
    SELECT lead."pageId", lead.id, lead.psid, lead.source, lead.status, lead.reason, lead.stage, lead."adId", lead."assigneeId",
      lead.at, lead."receivedAt", lead."lastActivityAt", lead."lastInboundAt", lead."waitingSince", lead."freeUntil",
      lead."probableUntil", lead."humanUntil", lead."doneAt", lead."isTest", lead."changedAt",
      COALESCE(thread.control, 'unknown') AS control, thread."controlAppId", thread."controlSince", thread."controlExpiresAt",
      thread."controlSource",
      COALESCE(
        (SELECT person."fullName" FROM person WHERE person."pageId" = lead."pageId" AND person.psid = lead.psid),
        (SELECT form."fullName" FROM instant_lead form WHERE form."pageId" = lead."pageId" AND form."leadId" = lead.id)
      ) AS name,
      (SELECT page.name FROM page WHERE page.id = lead."pageId") AS "pageName",
      (SELECT ad.title FROM ad WHERE ad."pageId" = lead."pageId" AND ad."adId" = lead."adId") AS "adTitle",
      (SELECT "user".name FROM "user" WHERE "user".id = lead."assigneeId") AS "assigneeName",
      (SELECT array_agg(answer.answer ORDER BY answer.position) FROM answer
        WHERE answer."pageId" = lead."pageId" AND answer."leadId" = lead.id) AS answers
    FROM jsonb_to_recordset(${wanted}::jsonb) AS wanted ("pageId" text, id uuid)
    JOIN lead ON lead."pageId" = wanted."pageId" AND lead.id = wanted.id
    LEFT JOIN thread ON thread."pageId" = lead."pageId" AND thread.psid = lead.psid`;
  const rows = new Map(found.map((lead) => [formatLeadRef(lead), lead]));
  return refs.flatMap((ref) => {
    const lead = rows.get(formatLeadRef(ref));
    return lead === undefined ? [] : toRow(lead, now);
  });
}

function toRow(found: Found, now: Date): LeadRow {
  const { adId, adTitle, assigneeId, assigneeName, pageName, answers, ...more } = found;
  const { control, controlAppId, controlSince, controlExpiresAt, controlSource, ...lead } = more;
  const held = readControl({ control, controlAppId, controlSince, controlExpiresAt, controlSource });
  return {
    ...lead,
    ref: formatLeadRef(lead),
    source: leadSource.parse(lead.source),
    status: leadStatus.parse(lead.status),
    reason: leadReason.nullable().parse(lead.reason),
    stage: stage.parse(lead.stage),
    assignee: assigneeId === null || assigneeName === null ? null : { id: assigneeId, name: assigneeName },
    page: { id: lead.pageId, name: pageName ?? lead.pageId },
    ad: adId === null ? null : { id: adId, title: adTitle },
    firstAnswer: firstAnswer(answers ?? [], lead.name),
    answerCount: answers?.length ?? 0,
    control: lead.psid === null ? null : controlAt(held, now).state,
  };
}

/** Forms often ask for the name first; what stands beside the name should say more. */
function firstAnswer(own: readonly string[], name: string | null): string | null {
  const told = own.filter((answer) => answer.trim() !== "");
  return told.find((answer) => answer.trim() !== name?.trim()) ?? told[0] ?? null;
}
