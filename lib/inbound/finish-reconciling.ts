import "server-only";
import { databaseNow } from "#lib/database-now.ts";
import { prisma } from "#lib/db.ts";
import { log } from "#lib/log.ts";
import { tellPageHistory } from "#lib/pages/tell-page-history.ts";
import type { LeasedReconciliation } from "./lease-reconciliation.ts";
import { lookAgain } from "./look-again.ts";
import { nextReconcileAt, type ReconcileCursor } from "./reconcile-cursor.ts";

/** What no history shows, whatever was missed. */
const NOT_RECOVERABLE = ["ad_ids", "reactions", "receipts", "handovers", "edits"];
/** Something kept may fail to apply for long; the page's story does not wait for it. */
const PATIENCE_MS = 10 * 60 * 1000;

/**
 * Ends reading a page's conversations again, when all that was kept of them has been applied: counts what came back
 * and tells it in the page's history. False while something is still to be applied.
 */
export async function finishReconciling(lease: LeasedReconciliation, cursor: ReconcileCursor): Promise<boolean> {
  const { pageId, leaseNumber } = lease;
  const now = new Date();
  const isWaiting = (await prisma.rawDelivery.count({ where: { state: "waiting", source: "history" } })) > 0;
  const endedAt = cursor.endedAt ?? now;
  if (isWaiting && now.getTime() - endedAt.getTime() < PATIENCE_MS) return false;
  const { threads, messages } = await countMessages(pageId, cursor.startedAt);
  // What was read brought nothing new to compare with.
  if (messages === 0) cursor.open = [];
  if (cursor.open.length > 0) {
    await lookAgain(pageId, cursor.open);
    cursor.open = [];
    return false;
  }

  const { cut, unread, isIncomplete, startedAt, since, isGap } = cursor;
  const leads = await countRecovered(pageId, startedAt);
  const isListed = cursor.unlisted < 2;
  const cutShort = Object.keys(cut).length;
  const hidden = Object.values(cut).reduce((sum, count) => sum + count, 0);
  await prisma.$transaction(async (tx) => {
    const { count } = await tx.pageHealth.updateMany({
      where: { pageId, leaseNumber },
      data: { reconcileCursor: null, reconciledAt: isIncomplete ? since : startedAt, leaseUntil: null },
    });
    if (count === 0) return;
    // A gap that was found meanwhile is read at once.
    await tx.pageHealth.updateMany({
      where: { pageId, leaseNumber, reconcileSince: null },
      data: { reconcileDueAt: nextReconcileAt(await databaseNow(tx), Math.random(), cursor) },
    });
    if (!isGap && messages === 0 && leads === 0) return;
    await tellPageHistory(tx, {
      pageId,
      kind: "reconciled",
      data: {
        since: since.toISOString(),
        until: startedAt.toISOString(),
        threads,
        messages,
        leads,
        cutShort,
        hidden,
        unread,
        unlisted: isListed ? 0 : 1,
        again: isIncomplete ? 1 : 0,
        notRecoverable: NOT_RECOVERABLE,
      },
    });
  });
  log.info({ event: "reconcile.done", pageId, threads, messages, leads, cutShort, hidden, unread, isListed });
  return true;
}

/** What came back, by what was applied: a worker that ends in the middle has counted nothing. Raw, to count over a join. */
async function countMessages(pageId: string, since: Date): Promise<{ threads: number; messages: number }> {
  const [row] = await prisma.$queryRaw<{ threads: number; messages: number }[]>`
    SELECT count(DISTINCT e.psid)::int AS threads, count(*)::int AS messages
    FROM event e JOIN raw_delivery d ON d.id = e."deliveryId" AND d.source = 'history'
    WHERE e."pageId" = ${pageId} AND e.state = 'applied' AND e."receivedAt" >= ${since}::timestamptz
      AND e.kind IN ('message', 'echo')`;
  return row ?? { threads: 0, messages: 0 };
}

/** The leads of which nothing but the history tells. */
async function countRecovered(pageId: string, since: Date): Promise<number> {
  const recovered = await prisma.signal.findMany({
    where: { pageId, isRecovered: true, receivedAt: { gte: since }, leadId: { not: null } },
    select: { leadId: true },
  });
  const ids = new Set(recovered.flatMap(({ leadId }) => leadId ?? []));
  const told = await prisma.signal.findMany({
    where: { pageId, isRecovered: false, leadId: { in: [...ids] } },
    select: { leadId: true },
  });
  for (const { leadId } of told) if (leadId !== null) ids.delete(leadId);
  return ids.size;
}
