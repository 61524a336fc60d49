import "server-only";
import type { Tx } from "#lib/db.ts";
import type { ControlFact } from "./control.ts";
import type { ThreadKey } from "./thread-key.ts";

/** Adds what we learned about who holds the thread. The caller holds the thread, and folds control when all is recorded. */
export async function recordControlFact(
  tx: Tx,
  key: ThreadKey,
  fact: ControlFact & { fromAppId?: string | null },
  receivedAt: Date,
): Promise<void> {
  await tx.controlFact.createMany({
    data: { ...key, ...fact, fromAppId: fact.fromAppId ?? null, expiresAt: fact.expiresAt ?? null, receivedAt },
    skipDuplicates: true,
  });
}
