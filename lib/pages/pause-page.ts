import "server-only";
import { databaseNow } from "#lib/database-now.ts";
import { prisma } from "#lib/db.ts";
import { log } from "#lib/log.ts";
import { tellPageHistory } from "./tell-page-history.ts";

/** Shorter pauses are how we stay below the limits; nobody needs to read of them. */
const WORTH_TELLING_MS = 60 * 1000;
/** Pauses that follow one another are one story. */
const SAME_STORY_MS = 60 * 60 * 1000;

/** Lets a page rest: no call to Meta until then. A longer rest that was ordered before stays. */
export async function pausePage(pageId: string, pauseMs: number, percent: number | null): Promise<void> {
  await prisma.$transaction(async (tx) => {
    const now = await databaseNow(tx);
    const until = new Date(now.getTime() + pauseMs);
    await tx.pageHealth.createMany({ data: { pageId }, skipDuplicates: true });
    const before = await tx.pageHealth.findUnique({ where: { pageId }, select: { pausedUntil: true } });
    const { count } = await tx.pageHealth.updateMany({
      where: { pageId, OR: [{ pausedUntil: null }, { pausedUntil: { lt: until } }] },
      data: { pausedUntil: until, ...(percent === null ? {} : { usagePercent: Math.round(percent) }) },
    });
    if (count === 0 || pauseMs < WORTH_TELLING_MS) return;
    if (before?.pausedUntil && now.getTime() - before.pausedUntil.getTime() < SAME_STORY_MS) return;
    const rounded = percent === null ? null : Math.round(percent);
    await tellPageHistory(tx, { pageId, kind: "paused", data: { until: until.toISOString(), percent: rounded } });
  });
  log.warn({ event: "page.paused", pageId, ms: pauseMs, percent });
}
