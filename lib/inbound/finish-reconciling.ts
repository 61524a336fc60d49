import "server-only";
import { prisma } from "#lib/db.ts";
import { log } from "#lib/log.ts";
import { tellPageHistory } from "#lib/pages/tell-page-history.ts";
import type { LeasedReconciliation } from "./lease-reconciliation.ts";
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
  if (isWaiting && now.getTime() - cursor.startedAt.getTime() < PATIENCE_MS) return false;

  const { threads, messages, cutShort, startedAt, since, isGap } = cursor;
  const leads = await countRecovered(pageId, startedAt);
  await prisma.$transaction(async (tx) => {
    const { count } = await tx.pageHealth.updateMany({
      where: { pageId, leaseNumber },
      data: { reconcileCursor: null, reconciledAt: startedAt, leaseUntil: null },
    });
    if (count === 0) return;
    // A gap that was found meanwhile is read at once.
    await tx.pageHealth.updateMany({
      where: { pageId, leaseNumber, reconcileSince: null },
      data: { reconcileDueAt: nextReconcileAt(now, Math.random()) },
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
        notRecoverable: NOT_RECOVERABLE,
      },
    });
  });
  log.info({ event: "reconcile.done", pageId, threads, messages, leads, cutShort });
  return true;
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
