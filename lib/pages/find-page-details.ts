import "server-only";
import { z } from "zod";
import { findAgentNames } from "#lib/agents/find-agent-names.ts";
import { pagesWithin, type Viewer } from "#lib/agents/viewer.ts";
import { databaseNow } from "#lib/database-now.ts";
import { prisma } from "#lib/db.ts";
import { Prisma } from "#lib/generated/prisma/client.ts";
import type { PageDetails, PageHistoryLine } from "./page-details.ts";
import { pageHistoryKinds } from "./page-history.ts";
import { pageNotices } from "./page-notice.ts";
import { readTrouble } from "./page-trouble.ts";

const MOST_PAGES = 100;
const MOST_LINES = 30;

const lineKind = z.enum(pageHistoryKinds);
const lineData = z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string()), z.null()])).catch({});
const routing = z.enum(["configured", "none"]).nullable().catch(null);

/** The pages a viewer may see, with how each of them is and what happened to it; those in trouble first. */
export async function findPageDetails(viewer: Viewer): Promise<PageDetails[]> {
  const pages = await prisma.page.findMany({
    where: { id: pagesWithin(viewer, []) ?? Prisma.skip },
    omit: { sealedToken: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: MOST_PAGES,
  });
  const pageIds = pages.map(({ id }) => id);
  const [health, troubles, details] = await Promise.all([
    prisma.pageHealth.findMany({ where: { pageId: { in: pageIds } } }),
    prisma.pageTrouble.findMany({ where: { pageId: { in: pageIds } } }),
    Promise.all(pageIds.map(findOfPage)),
  ]);
  const now = await databaseNow(prisma);
  const found = pages.map((page, index): PageDetails => {
    const known = health.find(({ pageId }) => pageId === page.id);
    const own = troubles.filter(({ pageId }) => pageId === page.id).map(readTrouble);
    const { connectedAt, hasHumanAgent, usesPersonas, defaultCountry, disclosure } = page;
    return {
      id: page.id,
      name: page.name,
      platform: page.platform === "instagram" ? "instagram" : "messenger",
      connectedAt,
      notices: pageNotices({ connectedAt, pausedUntil: known?.pausedUntil ?? null, troubles: own }, now),
      lastEventAt: details[index]?.lastEventAt ?? null,
      checkedAt: known?.checkedAt ?? null,
      tokenExpiresAt: known?.tokenExpiresAt ?? null,
      routing: routing.parse(known?.routing ?? null),
      usagePercent: known?.usagePercent ?? null,
      settings: { hasHumanAgent, usesPersonas, defaultCountry, disclosure },
      history: details[index]?.history ?? [],
    };
  });
  return found.toSorted((a, b) => Number(b.notices.length > 0) - Number(a.notices.length > 0));
}

async function findOfPage(pageId: string): Promise<{ lastEventAt: Date | null; history: PageHistoryLine[] }> {
  const [event, rows] = await Promise.all([
    prisma.event.findFirst({
      where: { pageId, state: "applied" },
      orderBy: { receivedAt: "desc" },
      select: { receivedAt: true },
    }),
    prisma.pageHistory.findMany({
      where: { pageId, kind: { in: [...pageHistoryKinds] } },
      orderBy: [{ at: "desc" }, { id: "desc" }],
      take: MOST_LINES,
    }),
  ]);
  const nameOf = await findAgentNames(rows.flatMap(({ actorId }) => actorId ?? []));
  return {
    lastEventAt: event?.receivedAt ?? null,
    history: rows.map(({ id, kind, at, actorId, data }) => ({
      id,
      kind: lineKind.parse(kind),
      at,
      actorName: actorId === null ? null : nameOf(actorId),
      data: lineData.parse(data),
    })),
  };
}
