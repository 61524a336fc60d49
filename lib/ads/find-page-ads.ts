import "server-only";
import { pagesWithin, type Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { Prisma } from "#lib/generated/prisma/client.ts";
import type { PageAds } from "./ad-details.ts";
import { findAdEvidence } from "./find-ad-evidence.ts";
import { adviceFor, guessTemplate, noEvidence } from "./template-guess.ts";

const NEWEST = 200;

/** The ads of the pages a viewer may see, page by page, newest ads first, with what their leads tell about them. */
export async function findPageAds(viewer: Viewer): Promise<PageAds[]> {
  const pages = await prisma.page.findMany({
    where: { id: pagesWithin(viewer, []) ?? Prisma.skip },
    select: { id: true, name: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  return Promise.all(pages.map(async (page) => ({ page, ads: await findAds(page.id) })));
}

async function findAds(pageId: string): Promise<PageAds["ads"]> {
  const [ads, evidence] = await Promise.all([
    prisma.ad.findMany({
      where: { pageId },
      select: {
        pageId: true,
        adId: true,
        title: true,
        name: true,
        adsetName: true,
        campaignName: true,
        firstSeenAt: true,
        autoReply: true,
      },
      orderBy: [{ firstSeenAt: "desc" }, { adId: "asc" }],
      take: NEWEST,
    }),
    findAdEvidence(pageId),
  ]);
  return ads.map((ad) => {
    const own = evidence.get(ad.adId) ?? noEvidence;
    const { leads, complete, stopWords } = own;
    return { ...ad, leads, complete, stopWords, guesses: guessTemplate(own), advice: adviceFor(own) };
  });
}
