import "server-only";
import { databaseNow } from "#lib/database-now.ts";
import { prisma } from "#lib/db.ts";
import { type AdOutcome, getAds } from "#lib/messenger/get-ads.ts";
import { askMeta } from "#lib/pages/ask-meta.ts";
import { readablePages } from "#lib/pages/readable-pages.ts";

const MOST = 50;
const HOUR = 60 * 60 * 1000;
/** Names change rarely. */
const AGAIN_MS = 7 * 24 * HOUR;
const TRIES = 5;

type DueAd = { pageId: string; adId: string; namesTries: number };

/**
 * Asks Meta how the ads of one page are called in Ads Manager. A page's token often may not know; then the
 * title people saw stays the name. False when no ad is due.
 */
export async function fetchAdNames(): Promise<boolean> {
  const due = await leaseAds();
  const pageId = due[0]?.pageId;
  if (pageId === undefined) return false;
  const ids = due.map(({ adId }) => adId);
  const answer = await askMeta(pageId, async ({ token }) => ({
    outcome: "asked" as const,
    ...(await getAds(ids, token)),
  }));
  const found = answer.outcome === "asked" ? answer.ads : new Map<string, AdOutcome>();
  for (const ad of due) await keepNames(ad, found.get(ad.adId) ?? { outcome: "later" });
  return true;
}

async function keepNames({ pageId, adId, namesTries }: DueAd, found: AdOutcome): Promise<void> {
  const now = (await databaseNow(prisma)).getTime();
  const where = { pageId_adId: { pageId, adId } };
  if (found.outcome === "found") {
    const { name, adset, campaign } = found.ad;
    const data = {
      name,
      adsetId: adset?.id ?? null,
      adsetName: adset?.name ?? null,
      campaignId: campaign?.id ?? null,
      campaignName: campaign?.name ?? null,
      namesRetryAt: new Date(now + AGAIN_MS),
    };
    await prisma.ad.update({ where, data, select: { adId: true } });
    return;
  }
  const pause = found.outcome === "hidden" ? HOUR * 4 ** namesTries : HOUR;
  const namesRetryAt = namesTries >= TRIES ? null : new Date(now + pause);
  await prisma.ad.update({ where, data: { namesRetryAt }, select: { adId: true } });
}

/** Raw for SKIP LOCKED; the time to ask again is the lease. An ad nobody asked about yet is due at once. */
async function leaseAds(): Promise<DueAd[]> {
  return prisma.$queryRaw<DueAd[]>`
    UPDATE ad SET "namesRetryAt" = now() + interval '1 minute', "namesTries" = "namesTries" + 1
    WHERE ("pageId", "adId") IN (
      SELECT a."pageId", a."adId" FROM ad a
      WHERE a."pageId" = (
          SELECT d."pageId" FROM ad d
          WHERE (d."namesRetryAt" <= now() OR (d."namesRetryAt" IS NULL AND d."namesTries" = 0))
            AND d."pageId" IN (${readablePages()})
          ORDER BY d."namesRetryAt" NULLS FIRST LIMIT 1)
        AND (a."namesRetryAt" <= now() OR (a."namesRetryAt" IS NULL AND a."namesTries" = 0))
      ORDER BY a."adId" LIMIT ${MOST} FOR UPDATE SKIP LOCKED)
    RETURNING "pageId", "adId", "namesTries"`;
}
