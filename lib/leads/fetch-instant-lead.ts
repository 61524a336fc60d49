import "server-only";
import { databaseNow } from "#lib/database-now.ts";
import { prisma, type Tx } from "#lib/db.ts";
import { announceLeads } from "#lib/live.ts";
import type { GraphAnswer } from "#lib/messenger/ask-graph.ts";
import { getInstantForm } from "#lib/messenger/get-instant-form.ts";
import { getInstantLead } from "#lib/messenger/get-instant-lead.ts";
import type { GraphErrorWord } from "#lib/messenger/graph-error-table.ts";
import type { GraphUsage } from "#lib/messenger/graph-usage.ts";
import type { InstantLeadFacts } from "#lib/messenger/instant-lead-answer.ts";
import { storableText } from "#lib/messenger/storable-text.ts";
import { askMeta } from "#lib/pages/ask-meta.ts";
import { readablePages } from "#lib/pages/readable-pages.ts";
import { formAnswers, fullNameOf } from "./form-answers.ts";
import { searchText } from "./search-text.ts";

const MINUTE = 60 * 1000;
/** With growing pauses, three days: somebody may have to give the app access first. */
const TRIES = 8;

type Due = { pageId: string; leadgenId: string; leadId: string; formId: string | null; tries: number };

/** Fetches the answers of the next instant-form lead that lacks them. False when none is due. */
export async function fetchInstantLead(): Promise<boolean> {
  const due = await leaseInstantLead();
  if (due === null) return false;
  const { pageId, leadgenId } = due;
  const answer = await askMeta(pageId, ({ token }) => ask(leadgenId, token));
  if (answer.outcome === "ok") {
    const formId = answer.value.formId ?? due.formId;
    if (formId !== null) await keepForm(pageId, formId);
    await prisma.$transaction((tx) => writeAnswers(tx, { ...due, formId }, answer.value));
  } else {
    await putOff(due, answer.outcome === "hidden" ? answer.why : null);
  }
  announceLeads(pageId, [due.leadId]);
  return true;
}

type Fetched = GraphAnswer<InstantLeadFacts> | { outcome: "hidden"; why: GraphErrorWord; usage: GraphUsage | null };

/** What a page's token may not read of one lead says nothing about the page as a whole. */
async function ask(leadgenId: string, token: string): Promise<Fetched> {
  const lead = await getInstantLead(leadgenId, token);
  if (lead.outcome !== "refused" || (lead.class !== "permission" && lead.class !== "input")) return lead;
  return { outcome: "hidden", why: lead.word, usage: lead.usage };
}

/** The form's own words stand above the answers; without them the keys do. */
async function keepForm(pageId: string, formId: string): Promise<void> {
  const known = await prisma.instantForm.count({ where: { pageId, formId } });
  if (known > 0) return;
  const answer = await askMeta(pageId, ({ token }) => getInstantForm(formId, token));
  if (answer.outcome !== "ok") return;
  const { name, locale, questions } = answer.value;
  await prisma.instantForm.createMany({ data: { pageId, formId, name, locale, questions }, skipDuplicates: true });
}

async function writeAnswers(tx: Tx, due: Due, facts: InstantLeadFacts): Promise<void> {
  const { pageId, leadgenId, leadId, formId } = due;
  const form =
    formId === null
      ? null
      : await tx.instantForm.findUnique({
          where: { pageId_formId: { pageId, formId } },
          select: { name: true, questions: true },
        });
  const answers = formAnswers(facts.answers, form?.questions ?? []);
  const fullName = fullNameOf(facts.answers);
  const { adId, platform, isOrganic } = facts;
  await tx.answer.deleteMany({ where: { pageId, leadId } });
  await tx.answer.createMany({
    data: answers.map(({ question, answer }, position) => ({
      pageId,
      leadId,
      position,
      question: storableText(question),
      answer: storableText(answer),
    })),
  });
  await tx.lead.update({
    where: { pageId_id: { pageId, id: leadId } },
    data: { formId, changedAt: new Date(), ...(adId === null ? {} : { adId }) },
    select: { id: true },
  });
  if (adId !== null) await keepAd(tx, pageId, adId, facts);
  const text = searchText([fullName, ...answers.map(({ answer }) => answer), form?.name ?? null], [adId, leadgenId]);
  await tx.leadSearch.update({
    where: { pageId_leadId: { pageId, leadId } },
    data: { text },
    select: { leadId: true },
  });
  await tx.instantLead.update({
    where: { pageId_leadgenId: { pageId, leadgenId } },
    data: {
      state: "fetched",
      stateReason: null,
      fetchDueAt: null,
      formId,
      adId,
      fullName: fullName === null ? null : storableText(fullName),
      consents: facts.consents.map(({ key, isChecked }) => ({ key: storableText(key), isChecked })),
      platform,
      isOrganic,
    },
    select: { leadgenId: true },
  });
}

async function keepAd(tx: Tx, pageId: string, adId: string, facts: InstantLeadFacts): Promise<void> {
  const { adName: name, adsetId, adsetName, campaignId, campaignName } = facts;
  await tx.ad.createMany({
    data: { pageId, adId, name, adsetId, adsetName, campaignId, campaignName },
    skipDuplicates: true,
  });
}

/** Refused: somebody may give access. Gone: nobody can bring the answers back. Anything else: later. */
async function putOff({ pageId, leadgenId, tries }: Due, why: string | null): Promise<void> {
  const isLast = tries >= TRIES;
  const now = await databaseNow(prisma);
  const state = why === null ? "waiting" : why === "notFound" && isLast ? "gone" : "refused";
  await prisma.instantLead.update({
    where: { pageId_leadgenId: { pageId, leadgenId } },
    data: {
      state,
      stateReason: why,
      fetchDueAt: isLast && why !== null ? null : new Date(now.getTime() + MINUTE * 3 ** Math.min(tries, TRIES)),
    },
    select: { leadgenId: true },
  });
}

/** Raw for SKIP LOCKED; the time to ask again is the lease. */
async function leaseInstantLead(): Promise<Due | null> {
  const [due] = await prisma.$queryRaw<Due[]>`
    UPDATE instant_lead SET "fetchDueAt" = now() + interval '1 minute', tries = tries + 1
    WHERE ("pageId", "leadgenId") = (
      SELECT i."pageId", i."leadgenId" FROM instant_lead i
      WHERE i."fetchDueAt" <= now() AND i."pageId" IN (${readablePages()}) ORDER BY i."fetchDueAt" FOR UPDATE SKIP LOCKED LIMIT 1)
    RETURNING "pageId", "leadgenId", "leadId", "formId", tries`;
  return due ?? null;
}
