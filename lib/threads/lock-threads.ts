import "server-only";
import type { Tx } from "#lib/db.ts";

/**
 * Makes sure that a page's people and their threads exist, and holds the threads for the rest of the transaction:
 * per thread one event at a time. In one order for all, so that nobody waits in a circle. Raw, because Prisma has no
 * row locks; one statement, because most threads are new to us when they begin.
 */
export async function lockThreads(tx: Tx, pageId: string, psids: readonly string[]): Promise<void> {
  const wanted = [...new Set(psids)].sort();
  const lock = () => tx.$queryRaw<unknown[]>`
    WITH held AS MATERIALIZED (
      SELECT psid FROM thread WHERE "pageId" = ${pageId} AND psid = ANY (${wanted}) ORDER BY psid COLLATE "C" FOR UPDATE),
    missing AS MATERIALIZED (
      SELECT psid FROM unnest(${wanted}::text[]) WITH ORDINALITY AS wanted (psid, place)
      WHERE psid NOT IN (SELECT psid FROM held) ORDER BY place),
    met AS (
      INSERT INTO person ("pageId", psid, "profileRetryAt") SELECT ${pageId}, psid, now() FROM missing
      ON CONFLICT DO NOTHING),
    begun AS (
      INSERT INTO thread ("pageId", psid) SELECT ${pageId}, psid FROM missing ON CONFLICT DO NOTHING RETURNING psid)
    SELECT psid FROM held UNION ALL SELECT psid FROM begun`;
  // Somebody else began one in this very moment: it is there now.
  if ((await lock()).length < wanted.length) await lock();
}
