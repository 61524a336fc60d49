import "server-only";
import { prisma } from "#lib/db.ts";
import { log } from "#lib/log.ts";
import { wakeWorker } from "#lib/wake-worker.ts";
import type { TroubleKind } from "./page-trouble.ts";
import { tellPageHistory } from "./tell-page-history.ts";

/** Troubles that are over: each is told once, and what waited goes on. */
export async function clearTrouble(
  pageId: string,
  kinds: readonly TroubleKind[],
  actorId: string | null = null,
): Promise<void> {
  const gone = await prisma.$transaction(async (tx) => {
    const found = await tx.pageTrouble.findMany({
      where: { pageId, kind: { in: [...kinds] } },
      select: { kind: true },
    });
    const told: string[] = [];
    for (const { kind } of found) {
      const { count } = await tx.pageTrouble.deleteMany({ where: { pageId, kind } });
      if (count === 0) continue;
      told.push(kind);
      await tellPageHistory(tx, { pageId, kind: "repaired", actorId, data: { kind } });
    }
    return told;
  });
  if (gone.length === 0) return;
  log.info({ event: "page.repaired", pageId, kinds: gone });
  await wakeWorker("replies");
}
