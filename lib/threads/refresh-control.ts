import "server-only";
import type { Tx } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import { foldControl, leavesOpen } from "./control.ts";
import { readControl } from "./read-control.ts";
import { readControlFact } from "./read-control-fact.ts";
import type { ThreadKey } from "./thread-key.ts";

/**
 * Folds control from all its facts and the person's last action, and writes it on the thread: after whatever changed
 * one of them. Where that leaves the owner open, Meta is to be asked.
 */
export async function refreshControl(tx: Tx, key: ThreadKey): Promise<void> {
  const rows = await tx.controlFact.findMany({ where: key });
  const thread = await tx.thread.findUniqueOrThrow({
    where: { pageId_psid: key },
    select: {
      lastInboundAt: true,
      refreshDueAt: true,
      control: true,
      controlAppId: true,
      controlSince: true,
      controlExpiresAt: true,
      controlSource: true,
    },
  });
  const control = foldControl(rows.map(readControlFact), env.META_APP_ID, thread.lastInboundAt);
  const now = new Date();
  const isDueAnyway = thread.refreshDueAt !== null && thread.refreshDueAt <= now;
  await tx.thread.update({
    where: { pageId_psid: key },
    data: {
      control: control.state,
      controlAppId: control.appId,
      controlSince: control.since,
      controlExpiresAt: control.expiresAt,
      controlSource: control.source,
      ...(leavesOpen(readControl(thread), control) && !isDueAnyway ? { refreshDueAt: now, refreshTries: 0 } : {}),
    },
    select: { psid: true },
  });
}
