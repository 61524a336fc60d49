import "server-only";
import type { Tx } from "#lib/db.ts";
import { lockThreads } from "./lock-threads.ts";
import type { ThreadKey } from "./thread-key.ts";

/** Makes sure that the person and the thread exist, and holds the thread for the rest of the transaction. */
export async function lockThread(tx: Tx, { pageId, psid }: ThreadKey): Promise<void> {
  await lockThreads(tx, pageId, [psid]);
}
