import "server-only";
import { z } from "zod";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { getKeptHref } from "#lib/media/get-kept-href.ts";
import { adMedia, personMedia } from "#lib/media/media-owner.ts";
import { getThread } from "#lib/threads/get-thread.ts";
import type { ThreadKey } from "#lib/threads/thread-key.ts";
import { askingControl } from "./asking-control.ts";
import { findActivity } from "./find-activity.ts";
import { findFormFacts } from "./find-form-facts.ts";
import { findNotes } from "./find-notes.ts";
import { firstResponseSeconds } from "./first-response.ts";
import type { AdCard, LabelSign, LeadPage, LeadSibling, LeadSignal } from "./lead-page.ts";
import type { LeadRef } from "./lead-ref.ts";
import { toLeadRows } from "./to-lead-rows.ts";
import { visibleTo } from "./visible-to.ts";

const NEWEST = 200;
const outcome = z.enum(["complete", "incomplete"]);
const signalKind = z.enum(["R", "S", "H"]);

/** Everything one lead's page shows. An id that was joined into another lead names that one instead. */
export async function getLead(ref: LeadRef, viewer: Viewer): Promise<LeadPage | { alias: LeadRef } | null> {
  const { pageId, id } = ref;
  const lead = await prisma.lead.findFirst({
    where: { AND: [{ pageId, id }, visibleTo(viewer)] },
    select: { psid: true, adId: true, source: true, at: true, firstResponseAt: true },
  });
  if (lead === null) return findAlias(ref, viewer);

  const now = new Date();
  const [[row], page, thread, answers, signals, siblings, notes, activity, adCard, draft, form, pictureHref, labels] =
    await Promise.all([
      toLeadRows([ref], now),
      prisma.page.findUnique({ where: { id: pageId }, select: { defaultCountry: true } }),
      lead.psid === null ? null : getThread({ pageId, psid: lead.psid }),
      prisma.answer.findMany({
        where: { pageId, leadId: id },
        select: { question: true, answer: true },
        orderBy: { position: "asc" },
      }),
      findSignals(ref),
      lead.psid === null ? [] : findSiblings(ref, lead.psid, viewer),
      findNotes(ref),
      findActivity(ref),
      findAdCard(pageId, lead.adId),
      prisma.draft.findUnique({
        where: { pageId_leadId_userId: { pageId, leadId: id, userId: viewer.agentId } },
        select: { text: true },
      }),
      lead.source === "instant_form" ? findFormFacts(ref) : null,
      lead.psid === null ? null : getKeptHref(pageId, personMedia(lead.psid)),
      lead.psid === null ? [] : findLabels({ pageId, psid: lead.psid }),
    ]);
  if (row === undefined || (thread === null) !== (lead.psid === null)) throw new Error("A lead stands in its thread.");
  return {
    ...row,
    answers,
    signals,
    labels,
    siblings,
    notes,
    activity,
    country: page?.defaultCountry ?? "",
    person: { psid: lead.psid, fullName: row.name, pictureHref },
    adCard,
    firstResponseSeconds: firstResponseSeconds(lead.at, lead.firstResponseAt),
    draft: draft?.text ?? "",
    thread: thread && { ...thread, control: askingControl(row.status, lead.at, thread.control) },
    form,
  };
}

async function findAlias({ pageId, id }: LeadRef, viewer: Viewer): Promise<{ alias: LeadRef } | null> {
  const alias = await prisma.leadAlias.findFirst({
    where: { pageId, aliasId: id, lead: { is: visibleTo(viewer) } },
    select: { leadId: true },
  });
  return alias === null ? null : { alias: { pageId, id: alias.leadId } };
}

async function findSignals({ pageId, id }: LeadRef): Promise<LeadSignal[]> {
  const signals = await prisma.signal.findMany({
    where: { pageId, leadId: id },
    select: { kind: true, outcome: true, at: true, receivedAt: true, isRecovered: true },
    orderBy: { receivedAt: "asc" },
  });
  return signals.map((one) => ({ ...one, kind: signalKind.parse(one.kind), outcome: outcome.parse(one.outcome) }));
}

/** Labels are the conversation's; which of a person's leads one means, its time tells. */
async function findLabels(thread: ThreadKey): Promise<LabelSign[]> {
  return prisma.labelFact.findMany({
    where: thread,
    select: { name: true, isRemoval: true, at: true },
    orderBy: [{ at: "asc" }, { key: "asc" }],
    take: NEWEST,
  });
}

async function findSiblings({ pageId, id }: LeadRef, psid: string, viewer: Viewer): Promise<LeadSibling[]> {
  const leads = await prisma.lead.findMany({
    where: { AND: [{ pageId, psid, id: { not: id } }, visibleTo(viewer)] },
    select: { pageId: true, id: true },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: NEWEST,
  });
  const rows = await toLeadRows(leads, new Date());
  return rows.map(({ ref, status, reason, at, ad }) => ({ ref, status, reason, at, ad }));
}

async function findAdCard(pageId: string, adId: string | null): Promise<AdCard | null> {
  if (adId === null) return null;
  const [ad, photoHref] = await Promise.all([
    prisma.ad.findUnique({ where: { pageId_adId: { pageId, adId } }, select: { title: true } }),
    getKeptHref(pageId, adMedia(adId)),
  ]);
  return { adId, title: ad?.title ?? null, photoHref };
}
