import "server-only";
import type { Tx } from "#lib/db.ts";
import { extendThreads } from "./extend-threads.ts";
import type { ThreadKey } from "./thread-key.ts";
import type { ThreadNews } from "./thread-news.ts";

/** Adds to one thread what was learned about it. The caller holds the thread. */
export async function extendThread(
  tx: Tx,
  { pageId, psid }: ThreadKey,
  news: ThreadNews,
  receivedAt: Date = new Date(),
): Promise<void> {
  await extendThreads(tx, pageId, [{ psid, receivedAt, news }]);
}
