import "server-only";
import type { Tx } from "#lib/db.ts";
import { expectMedia } from "#lib/media/expect-media.ts";
import { adMedia } from "#lib/media/media-owner.ts";
import type { LeadReferral } from "#lib/messenger/meta-event.ts";
import type { ThreadNews } from "#lib/threads/thread-news.ts";
import { type LeadEvent, signalNews, signalOf } from "./told-signals.ts";

/**
 * Writes the evidence of one thread that a run through an ad's questions ended, and returns what it says about the
 * thread: a complete run means that the person has just answered, so the window opens at its event time.
 */
export async function recordSignals(tx: Tx, events: readonly LeadEvent[], receivedAt: Date): Promise<ThreadNews[]> {
  if (events.length === 0) return [];
  const signals = events.map((event) => {
    const { pageId, psid } = event;
    return { pageId, psid, receivedAt, ...signalOf(event) };
  });
  await tx.signal.createMany({ data: signals, skipDuplicates: true });
  for (const event of events) if (event.kind === "lead_referral") await recordAd(tx, event);
  return events.map(signalNews);
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
