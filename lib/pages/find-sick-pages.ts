import "server-only";
import { pagesWithin, type Viewer } from "#lib/agents/viewer.ts";
import { databaseNow } from "#lib/database-now.ts";
import { prisma } from "#lib/db.ts";
import { Prisma } from "#lib/generated/prisma/client.ts";
import { type PageNotice, pageNotices } from "./page-notice.ts";
import { readTrouble, troubleKinds } from "./page-trouble.ts";

export type SickPage = { id: string; name: string; notice: PageNotice };

/** Connected pages that are not well, as far as the viewer may see them: the worst of each, the worst first. */
export async function findSickPages(viewer: Viewer): Promise<SickPage[]> {
  const pageId = pagesWithin(viewer, []) ?? Prisma.skip;
  const now = await databaseNow(prisma);
  const [rows, resting] = await Promise.all([
    prisma.pageTrouble.findMany({ where: { pageId }, take: 1_000 }),
    prisma.pageHealth.findMany({
      where: { pageId, pausedUntil: { gt: now } },
      select: { pageId: true, pausedUntil: true },
      take: 1_000,
    }),
  ]);
  const ids = [...rows, ...resting].map((row) => row.pageId);
  const pages = await prisma.page.findMany({
    where: { id: { in: ids }, connectedAt: { not: null } },
    select: { id: true, name: true, connectedAt: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  const sick = pages.flatMap(({ id, name, connectedAt }) => {
    const troubles = rows.filter((row) => row.pageId === id).map(readTrouble);
    const pausedUntil = resting.find((row) => row.pageId === id)?.pausedUntil ?? null;
    const [notice] = pageNotices({ connectedAt, pausedUntil, troubles }, now);
    return notice === undefined ? [] : [{ id, name, notice }];
  });
  return sick.toSorted((a, b) => rank(a.notice) - rank(b.notice));
}

const order: readonly string[] = [...troubleKinds.slice(0, -1), "paused", "warned"];
const rank = ({ kind }: PageNotice): number => order.indexOf(kind);
