import "server-only";
import type { Tx } from "#lib/db.ts";
import { readWindow } from "#lib/threads/read-window.ts";
import type { ThreadKey } from "#lib/threads/thread-key.ts";
import { windowEnds } from "#lib/threads/window.ts";
import { findFirstResponse } from "./find-first-response.ts";
import { searchText } from "./search-text.ts";
import { latestOf, waitingSince } from "./waiting.ts";

const SEARCHED_MESSAGES = 50;

type Lead = {
  id: string;
  at: Date;
  status: string;
  adId: string | null;
  doneAt: Date | null;
  answers: { answer: string }[];
};

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
      status: true,
      adId: true,
      doneAt: true,
      answers: { select: { answer: true }, orderBy: { position: "asc" } },
    },
  });
  if (leads.length === 0) return [];
  await copyFigures(tx, key, leads);
  await renewSearch(tx, key, leads);
  return leads.map((lead) => lead.id);
}

async function copyFigures(tx: Tx, key: ThreadKey, leads: readonly Lead[]): Promise<void> {
  const { pageId } = key;
  const page = await tx.page.findUnique({ where: { id: pageId }, select: { hasHumanAgent: true } });
  const thread = await tx.thread.findUniqueOrThrow({ where: { pageId_psid: key } });
  const { lastInboundAt, lastOutboundAt, lastHumanReplyAt } = thread;
  const unansweredAt = await findFirstUnanswered(tx, key, lastHumanReplyAt);
  const ends = windowEnds(readWindow(thread, page?.hasHumanAgent ?? false));

  for (const { id, at, status, doneAt } of leads) {
    // Whoever writes again is not done.
    const isDone = doneAt !== null && (lastInboundAt === null || lastInboundAt <= doneAt);
    await tx.lead.update({
      where: { pageId_id: { pageId, id } },
      data: {
        ...ends,
        doneAt: isDone ? doneAt : null,
        lastInboundAt,
        lastActivityAt: latestOf(at, lastInboundAt, lastOutboundAt),
        waitingSince: waitingSince({ at, status, isDone }, lastHumanReplyAt, unansweredAt),
        firstResponseAt: await findFirstResponse(tx, key, at),
        changedAt: new Date(),
      },
      select: { id: true },
    });
  }
}

async function findFirstUnanswered(tx: Tx, key: ThreadKey, lastHumanReplyAt: Date | null): Promise<Date | null> {
  const first = await tx.message.findFirst({
    where: { ...key, direction: "in", sentAt: { gt: lastHumanReplyAt ?? new Date(0) } },
    select: { sentAt: true },
    orderBy: { sentAt: "asc" },
  });
  return first?.sentAt ?? null;
}

async function renewSearch(tx: Tx, key: ThreadKey, leads: readonly Lead[]): Promise<void> {
  const { pageId, psid } = key;
  const person = await tx.person.findUniqueOrThrow({ where: { pageId_psid: key }, select: { fullName: true } });
  const messages = await tx.message.findMany({
    where: key,
    select: { text: true },
    orderBy: [{ sentAt: "desc" }, { mid: "desc" }],
    take: SEARCHED_MESSAGES,
  });
  const ads = await tx.ad.findMany({
    where: { pageId, adId: { in: leads.flatMap(({ adId }) => adId ?? []) } },
    select: { adId: true, title: true },
  });

  for (const { id, adId, answers } of leads) {
    const given = answers.map(({ answer }) => answer);
    const adTitle = ads.find((ad) => ad.adId === adId)?.title ?? null;
    const said = messages.map((message) => message.text);
    const text = searchText([person.fullName, ...given, adTitle, psid, id, adId, ...said]);
    await tx.leadSearch.upsert({
      where: { pageId_leadId: { pageId, leadId: id } },
      create: { pageId, leadId: id, text },
      update: { text },
      select: { leadId: true },
    });
  }
}
