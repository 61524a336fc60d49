import "server-only";
import type { Tx } from "#lib/db.ts";
import { expectMedia } from "#lib/media/expect-media.ts";
import { adMedia } from "#lib/media/media-owner.ts";
import type { Received } from "#lib/messenger/meta-event.ts";
import type { Heard } from "#lib/threads/thread-news.ts";
import { type LeadEvent, signalNews, signalOf } from "./told-signals.ts";

/**
 * Writes the evidence from a page's threads that a run through an ad's questions ended, and returns what it says about
 * them: a complete run means that the person has just answered, so the window opens at its event time. Raw, because it
 * is said for every batch of events, and Prisma names each value.
 */
export async function recordSignals(tx: Tx, pageId: string, events: readonly Received<LeadEvent>[]): Promise<Heard[]> {
  if (events.length === 0) return [];
  const signals = events.map((event) => ({ psid: event.psid, receivedAt: event.receivedAt, ...signalOf(event) }));
  await tx.$executeRaw`
    INSERT INTO signal ("pageId", psid, key, at, "receivedAt", kind, outcome, "adId", answers, text)
    SELECT ${pageId}, * FROM jsonb_to_recordset(${JSON.stringify(signals)}::jsonb)
      AS told (psid text, key text, at timestamptz, "receivedAt" timestamptz, kind text, outcome text, "adId" text,
        answers jsonb, text text)
    ON CONFLICT DO NOTHING`;
  await recordAds(tx, pageId, events);
  return events.map((event) => ({ psid: event.psid, receivedAt: event.receivedAt, news: signalNews(event) }));
}

/**
 * Titles and pictures come with the referrals; a later one without them takes nothing away. In one order for all. Raw,
 * because Prisma cannot say "keep what is there". What is known already is not even touched: threads of one ad would
 * wait for each other.
 */
async function recordAds(tx: Tx, pageId: string, events: readonly Received<LeadEvent>[]): Promise<void> {
  const referrals = events.flatMap((event) => (event.kind === "lead_referral" && event.adId !== null ? [event] : []));
  const ads = [...Map.groupBy(referrals, ({ adId }) => adId)].map(([adId, told]) => ({
    adId,
    title: told.find(({ adTitle }) => adTitle !== null)?.adTitle ?? null,
    postId: told.find(({ postId }) => postId !== null)?.postId ?? null,
    photoUrl: told.find(({ photoUrl }) => photoUrl !== null)?.photoUrl ?? null,
  }));
  if (ads.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO ad ("pageId", "adId", title, "postId", "photoUrl")
    SELECT ${pageId}, told.* FROM jsonb_to_recordset(${JSON.stringify(ads)}::jsonb)
      AS told ("adId" text, title text, "postId" text, "photoUrl" text)
    WHERE NOT EXISTS (
      SELECT FROM ad WHERE ad."pageId" = ${pageId} AND ad."adId" = told."adId"
        AND (ad.title IS NOT NULL OR told.title IS NULL)
        AND (ad."postId" IS NOT NULL OR told."postId" IS NULL)
        AND (ad."photoUrl" IS NOT NULL OR told."photoUrl" IS NULL))
    ORDER BY told."adId" COLLATE "C"
    ON CONFLICT ("pageId", "adId") DO UPDATE SET
      title = COALESCE(ad.title, excluded.title),
      "postId" = COALESCE(ad."postId", excluded."postId"),
      "photoUrl" = COALESCE(ad."photoUrl", excluded."photoUrl")`;
  const photos = ads.flatMap(({ adId, photoUrl }) =>
    adId === null || photoUrl === null ? [] : [{ owner: adMedia(adId), sourceUrl: photoUrl }],
  );
  await expectMedia(
    tx,
    pageId,
    photos.sort((a, b) => (a.owner < b.owner ? -1 : 1)),
  );
}
