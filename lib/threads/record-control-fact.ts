import "server-only";
import type { Tx } from "#lib/db.ts";
import type { ControlFact } from "./control.ts";
import { refreshControl } from "./refresh-control.ts";
import type { ThreadKey } from "./thread-key.ts";

/** Adds what we learned about who holds the thread, and folds control anew. The thread is locked by the caller. */
export async function recordControlFact(
  tx: Tx,
  key: ThreadKey,
  fact: ControlFact & { fromAppId?: string | null },
  receivedAt: Date,
): Promise<void> {
  const { count } = await tx.controlFact.createMany({
    data: { ...key, ...fact, fromAppId: fact.fromAppId ?? null, receivedAt },
    skipDuplicates: true,
  });
  if (count > 0) await refreshControl(tx, key);
}
