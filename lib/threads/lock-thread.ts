import "server-only";
import type { Tx } from "#lib/db.ts";
import type { ThreadKey } from "./thread-key.ts";

/**
 * Makes sure that the person and the thread exist, and holds the thread for the rest of the transaction:
 * per thread one event at a time, while threads never wait for each other.
 * Raw, because Prisma has no row locks; one statement, because most threads are new to us when they begin.
 */
export async function lockThread(tx: Tx, { pageId, psid }: ThreadKey): Promise<void> {
  const lock = () => tx.$queryRaw<unknown[]>`
    WITH held AS (SELECT FROM thread WHERE "pageId" = ${pageId} AND psid = ${psid} FOR UPDATE),
    met AS (
      INSERT INTO person ("pageId", psid, "profileRetryAt")
      SELECT ${pageId}, ${psid}, now() WHERE NOT EXISTS (SELECT FROM held) ON CONFLICT DO NOTHING),
    begun AS (
      INSERT INTO thread ("pageId", psid)
      SELECT ${pageId}, ${psid} WHERE NOT EXISTS (SELECT FROM held) ON CONFLICT DO NOTHING RETURNING 1)
    SELECT FROM held UNION ALL SELECT FROM begun`;
  // Somebody else began it in this very moment: it is there now.
  if ((await lock()).length === 0) await lock();
}
