import "server-only";
import { prisma } from "#lib/db.ts";
import { log } from "#lib/log.ts";
import type { GraphAnswer } from "#lib/messenger/ask-graph.ts";
import type { InstantLeadFacts } from "#lib/messenger/instant-lead-answer.ts";
import { listFormLeads } from "#lib/messenger/list-form-leads.ts";
import { listForms } from "#lib/messenger/list-forms.ts";
import { askMeta, type NotAsked } from "#lib/pages/ask-meta.ts";
import { readablePages } from "#lib/pages/readable-pages.ts";
import { tellPageHistory } from "#lib/pages/tell-page-history.ts";
import { keepDelivery } from "./keep-delivery.ts";

/** Meta keeps submissions for 90 days; further back nothing can be asked for. */
const KEPT_MS = 90 * 24 * 60 * 60 * 1000;
/** Meta announces a submission within minutes; what is younger may still be on its way. */
const MARGIN_MS = 60 * 60 * 1000;

type DuePage = { pageId: string; formsReadAt: Date | null; connectedAt: Date };

/**
 * Looks through the instant forms of the next page whose conversations were just read again: submissions nobody
 * announced are kept like announcements, and come in the same way. False when no page is due, or Meta rests.
 */
export async function readFormsAgain(): Promise<boolean> {
  const page = await findDue();
  if (page === null) return false;
  const { pageId } = page;
  const startedAt = new Date();
  const missed = await findMissed(page);
  if (missed === "later") return false;
  if (missed.length > 0) {
    await keepDelivery(announcement(pageId, missed), {}, "history");
    const data = { leads: missed.length };
    await prisma.$transaction((tx) => tellPageHistory(tx, { pageId, kind: "forms_read", data }));
  }
  await prisma.pageHealth.update({ where: { pageId }, data: { formsReadAt: startedAt }, select: { pageId: true } });
  log.info({ event: "forms.read-again", pageId, missed: missed.length });
  return true;
}

/** Raw: one column compared with another, and the pages Meta lets us read. */
async function findDue(): Promise<DuePage | null> {
  const [due] = await prisma.$queryRaw<DuePage[]>`
    SELECT h."pageId", h."formsReadAt", p."connectedAt" FROM page_health h JOIN page p ON p.id = h."pageId"
    WHERE h."reconciledAt" IS NOT NULL AND (h."formsReadAt" IS NULL OR h."formsReadAt" < h."reconciledAt")
      AND p.platform = 'messenger' AND p."connectedAt" IS NOT NULL AND p.id IN (${readablePages()})
    ORDER BY h."formsReadAt" NULLS FIRST LIMIT 1`;
  return due ?? null;
}

/** The submissions we were never told of. */
async function findMissed({ pageId, formsReadAt, connectedAt }: DuePage): Promise<InstantLeadFacts[] | "later"> {
  const oldest = Date.now() - KEPT_MS;
  const since = new Date(Math.max((formsReadAt ?? connectedAt).getTime() - MARGIN_MS, oldest));
  const answer = await askMeta(pageId, ({ token, graphId }) => quietly(listForms(graphId, token)));
  if (answer.outcome === "hidden") return [];
  if (answer.outcome !== "ok") return "later";
  const missed: InstantLeadFacts[] = [];
  for (const { id } of answer.value.forms) {
    const leads = await leadsOf(pageId, id, since);
    if (leads === "later") return "later";
    missed.push(...(await unknownOf(pageId, leads)).map((lead) => ({ ...lead, formId: lead.formId ?? id })));
  }
  return missed;
}

async function leadsOf(pageId: string, formId: string, since: Date): Promise<InstantLeadFacts[] | "later"> {
  const leads: InstantLeadFacts[] = [];
  let after: string | null = null;
  do {
    const place: string | null = after;
    const answer: Asked = await askMeta(pageId, ({ token }) =>
      quietly(listFormLeads(formId, token, { since, after: place })),
    );
    if (answer.outcome === "hidden") return leads;
    if (answer.outcome !== "ok") return "later";
    leads.push(...answer.value.leads);
    after = answer.value.after;
  } while (after !== null);
  return leads;
}

type Quiet<T> = GraphAnswer<T> | { outcome: "hidden" };
type Asked = Quiet<{ leads: InstantLeadFacts[]; after: string | null }> | NotAsked;

async function unknownOf(pageId: string, leads: readonly InstantLeadFacts[]): Promise<InstantLeadFacts[]> {
  const known = await prisma.instantLead.findMany({
    where: { pageId, leadgenId: { in: leads.map(({ id }) => id) } },
    select: { leadgenId: true },
  });
  const ids = new Set(known.map(({ leadgenId }) => leadgenId));
  return leads.filter(({ id }) => !ids.has(id));
}

/** That a token may not read leads says nothing about the page's messages. */
async function quietly<T>(asked: Promise<GraphAnswer<T>>): Promise<Quiet<T>> {
  const answer = await asked;
  const isHidden = answer.outcome === "refused" && (answer.class === "permission" || answer.class === "input");
  return isHidden ? { outcome: "hidden" } : answer;
}

/** As Meta would have announced them. */
function announcement(pageId: string, leads: readonly InstantLeadFacts[]): Uint8Array<ArrayBuffer> {
  const seconds = (at: Date | null) => Math.floor((at ?? new Date()).getTime() / 1000);
  const changes = leads.map(({ id, formId, adId, at }) => ({
    field: "leadgen",
    value: { leadgen_id: id, form_id: formId, page_id: pageId, ad_id: adId, created_time: seconds(at) },
  }));
  const entry = [{ id: pageId, time: seconds(new Date()), changes }];
  return new TextEncoder().encode(JSON.stringify({ object: "page", entry }));
}
