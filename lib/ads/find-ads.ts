import "server-only";
import { pagesWithin, type Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { Prisma } from "#lib/generated/prisma/client.ts";

export type AdRow = { id: string; title: string | null };

/** The ads that brought leads to the pages a viewer may see, newest first. */
export async function findAds(viewer: Viewer): Promise<AdRow[]> {
  const ads = await prisma.ad.findMany({
    where: { pageId: pagesWithin(viewer, []) ?? Prisma.skip },
    select: { adId: true, title: true },
    orderBy: [{ firstSeenAt: "desc" }, { adId: "asc" }],
    take: 500,
  });
  return ads.map(({ adId, title }) => ({ id: adId, title }));
}
