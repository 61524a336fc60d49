import "server-only";
import type { Tx } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import { foldControl } from "./control.ts";
import { readControlFact } from "./read-control-fact.ts";
import type { ThreadKey } from "./thread-key.ts";

/** Folds control from all its facts and the person's last action, and writes it on the thread: after whatever changed one of them. */
export async function refreshControl(tx: Tx, key: ThreadKey): Promise<void> {
  const rows = await tx.controlFact.findMany({ where: key });
  const thread = await tx.thread.findUniqueOrThrow({
    where: { pageId_psid: key },
    select: { lastInboundAt: true },
  });
  const control = foldControl(rows.map(readControlFact), env.META_APP_ID, thread.lastInboundAt);
  await tx.thread.update({
    where: { pageId_psid: key },
    data: {
      control: control.state,
      controlAppId: control.appId,
      controlSince: control.since,
      controlExpiresAt: control.expiresAt,
      controlSource: control.source,
    },
    select: { psid: true },
  });
}
