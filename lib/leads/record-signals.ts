import "server-only";
import type { Tx } from "#lib/db.ts";
import { expectMedia } from "#lib/media/expect-media.ts";
import { adMedia } from "#lib/media/media-owner.ts";
import { LEADGEN_APP_ID } from "#lib/messenger/app-ids.ts";
import type { Handover, LeadReferral, LeadSummary } from "#lib/messenger/meta-event.ts";
import type { NewControlFact, ThreadNews } from "#lib/threads/thread-news.ts";
import type { SignalKind } from "./fold.ts";

type LeadEvent = LeadReferral | LeadSummary | (Handover & { lead: "complete" | "incomplete" });

/**
 * Writes the evidence of one thread that a run through an ad's questions ended, and returns what it says about the
 * thread: a complete run means that the person has just answered, so the window opens at its event time.
 */
export async function recordSignals(tx: Tx, events: readonly LeadEvent[], receivedAt: Date): Promise<ThreadNews[]> {
  if (events.length === 0) return [];
  const signals = events.map((event) => {
    const { pageId, psid, key, at } = event;
    return { pageId, psid, key, at, receivedAt, ...inOurWords(event) };
  });
  await tx.signal.createMany({ data: signals, skipDuplicates: true });
  for (const event of events) if (event.kind === "lead_referral") await recordAd(tx, event);
  return [
    ...signals.flatMap(({ outcome, at }): ThreadNews[] =>
      outcome === "complete" ? [{ lastAction: { at, opener: "lead" }, firstAdMessageAt: at }] : [],
    ),
    { facts: events.flatMap((event) => (event.kind === "lead_referral" ? [questionsOver(event)] : [])) },
  ];
}

function inOurWords(event: LeadEvent): {
  kind: SignalKind;
  outcome: "complete" | "incomplete";
  adId: string | null;
  answers: { question: string; answer: string }[];
  text: string | null;
} {
  switch (event.kind) {
    case "lead_referral":
      return { kind: "R", outcome: event.outcome, adId: event.adId, answers: event.answers, text: null };
    case "lead_summary":
      return { kind: "S", outcome: "complete", adId: null, answers: [], text: event.text };
    case "handover":
      return { kind: "H", outcome: event.lead, adId: null, answers: [], text: null };
  }
}

/**
 * Titles and pictures come with the referral; a later one without them takes nothing away. Raw, because Prisma
 * cannot say "keep what is there". What is known already is not even touched: threads of one ad would wait for each other.
 */
async function recordAd(tx: Tx, { pageId, adId, adTitle, postId, photoUrl }: LeadReferral): Promise<void> {
  if (adId === null) return;
  await tx.$executeRaw`
    INSERT INTO ad ("pageId", "adId", title, "postId", "photoUrl")
    SELECT ${pageId}, ${adId}, ${adTitle}, ${postId}, ${photoUrl} WHERE NOT EXISTS (
      SELECT FROM ad WHERE "pageId" = ${pageId} AND "adId" = ${adId}
        AND (title IS NOT NULL OR ${adTitle}::text IS NULL)
        AND ("postId" IS NOT NULL OR ${postId}::text IS NULL)
        AND ("photoUrl" IS NOT NULL OR ${photoUrl}::text IS NULL))
    ON CONFLICT ("pageId", "adId") DO UPDATE SET
      title = COALESCE(ad.title, excluded.title),
      "postId" = COALESCE(ad."postId", excluded."postId"),
      "photoUrl" = COALESCE(ad."photoUrl", excluded."photoUrl")`;
  if (photoUrl !== null) await expectMedia(tx, pageId, [{ owner: adMedia(adId), sourceUrl: photoUrl }]);
}

/** No webhook tells that Leadgen let go of a thread; that its questions ended does. Referrals count whole seconds. */
function questionsOver({ key, at }: LeadReferral): NewControlFact {
  const end = at.getTime() % 1000 === 0 ? new Date(at.getTime() + 999) : at;
  return { key, kind: "released", source: "handover", appId: LEADGEN_APP_ID, at: end, isLeadHandover: false };
}
