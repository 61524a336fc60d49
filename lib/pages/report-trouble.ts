import "server-only";
import { databaseNow } from "#lib/database-now.ts";
import { prisma } from "#lib/db.ts";
import { log } from "#lib/log.ts";
import { nextProbeMs, readTrouble, type TroubleKind } from "./page-trouble.ts";
import { tellPageHistory } from "./tell-page-history.ts";

type Found = { kind: TroubleKind; reason?: string | null; names?: string[]; expiresAt?: Date | null };

/**
 * Writes down what is wrong with a page. However many calls find the same, it is one trouble and one line of
 * history. Says whether it was news.
 */
export async function reportTrouble(pageId: string, found: Found): Promise<boolean> {
  const { kind, reason = null, names = [], expiresAt = null } = found;
  const isNew = await prisma.$transaction(async (tx) => {
    const now = await databaseNow(tx);
    const probe = kind === "restricted" ? probeAfter(null, now) : {};
    const data = { names, expiresAt: expiresAt?.toISOString() ?? null, ...probe };
    const { count } = await tx.pageTrouble.createMany({ data: { pageId, kind, reason, data }, skipDuplicates: true });
    if (count === 1) {
      await tellPageHistory(tx, { pageId, kind: "trouble", data: { kind, reason, names } });
      return true;
    }
    if (kind !== "restricted") {
      await tx.pageTrouble.updateMany({ where: { pageId, kind }, data: { reason, data } });
      return false;
    }
    const known = await tx.pageTrouble.findUnique({ where: { pageId_kind: { pageId, kind } } });
    const last = known === null ? null : readTrouble(known).data;
    // Others may have been on their way when the first was refused; only a try after the pause makes the next longer.
    if (last?.probeAt && last.probeAt > now) return false;
    await tx.pageTrouble.updateMany({
      where: { pageId, kind },
      data: { data: { ...data, ...probeAfter(last?.pauseMs ?? null, now) } },
    });
    return false;
  });
  if (isNew) log.error({ event: "page.trouble", pageId, kind, reason, names });
  return isNew;
}

function probeAfter(lastMs: number | null, now: Date): { probeAt: string; pauseMs: number } {
  const pauseMs = nextProbeMs(lastMs);
  return { probeAt: new Date(now.getTime() + pauseMs).toISOString(), pauseMs };
}
