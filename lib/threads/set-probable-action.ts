import "server-only";
import type { Tx } from "#lib/db.ts";
import type { ThreadKey } from "./thread-key.ts";

/** Writes when the person must have acted at the latest without a message we saw; null when all is seen. */
export async function setProbableAction(tx: Tx, key: ThreadKey, probableActionAt: Date | null): Promise<void> {
  await tx.thread.update({ where: { pageId_psid: key }, data: { probableActionAt }, select: { psid: true } });
}
