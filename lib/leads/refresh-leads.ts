import "server-only";
import type { Tx } from "#lib/db.ts";
import { readWindow } from "#lib/threads/read-window.ts";
import type { ThreadKey } from "#lib/threads/thread-key.ts";
import { windowEnds } from "#lib/threads/window.ts";
import { findFirstResponse } from "./find-first-response.ts";
import { searchText } from "./search-text.ts";
import { latestOf, waitingSince } from "./waiting.ts";

const SEARCHED_MESSAGES = 50;

/**
 * Copies the thread's figures onto its leads, so that one index serves a sorted list, and renews what a
 * search looks through. Returns the ids of the leads. The thread is locked by the caller.
 */
export async function refreshLeads(tx: Tx, key: ThreadKey): Promise<string[]> {
  const leads = await tx.lead.findMany({
    where: key,
    select: {
      id: true,
      at: true,
      adId: true,
      doneAt: true,
      answers: { select: { answer: true }, orderBy: { position: "asc" } },
    },
  });
  if (leads.length === 0) return [];

  const { pageId, psid } = key;
  const page = await tx.page.findUnique({ where: { id: pageId }, select: { hasHumanAgent: true } });
  const thread = await tx.thread.findUniqueOrThrow({ where: { pageId_psid: key }, include: { person: true } });
  const messages = await tx.message.findMany({
    where: { pageId, psid },
    select: { text: true },
    orderBy: [{ sentAt: "desc" }, { mid: "desc" }],
    take: SEARCHED_MESSAGES,
  });
  const unanswered = await tx.message.findFirst({
    where: { pageId, psid, direction: "in", sentAt: { gt: thread.lastHumanReplyAt ?? new Date(0) } },
    select: { sentAt: true },
    orderBy: { sentAt: "asc" },
  });
  const ads = await tx.ad.findMany({ where: { pageId, adId: { in: leads.flatMap((lead) => lead.adId ?? []) } } });
  const ends = windowEnds(readWindow(thread, page?.hasHumanAgent ?? false));

  for (const lead of leads) {
    const isReopened = lead.doneAt !== null && thread.lastInboundAt !== null && thread.lastInboundAt > lead.doneAt;
    const doneAt = isReopened ? null : lead.doneAt;
    await tx.lead.update({
      where: { pageId_id: { pageId, id: lead.id } },
      data: {
        ...ends,
        doneAt,
        lastInboundAt: thread.lastInboundAt,
        lastActivityAt: latestOf(lead.at, thread.lastInboundAt, thread.lastOutboundAt),
        waitingSince:
          doneAt === null ? waitingSince(lead.at, thread.lastHumanReplyAt, unanswered?.sentAt ?? null) : null,
        firstResponseAt: await findFirstResponse(tx, key, lead.at),
        changedAt: new Date(),
      },
      select: { id: true },
    });
    const adTitle = ads.find((ad) => ad.adId === lead.adId)?.title ?? null;
    const answers = lead.answers.map(({ answer }) => answer);
    const said = messages.map(({ text }) => text);
    const text = searchText([thread.person.fullName, ...answers, adTitle, psid, lead.id, lead.adId, ...said]);
    await tx.leadSearch.upsert({
      where: { pageId_leadId: { pageId, leadId: lead.id } },
      create: { pageId, leadId: lead.id, text },
      update: { text },
      select: { leadId: true },
    });
  }
  return leads.map((lead) => lead.id);
}
