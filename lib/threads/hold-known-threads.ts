import "server-only";
import type { Tx } from "#lib/db.ts";

/**
 * Holds those of a page's threads that exist, for the rest of the transaction, and returns those somebody else holds
 * at the moment. One thread alone is waited for; of many none is, so that threads never wait for each other.
 * Raw, because Prisma has no row locks.
 */
export async function holdKnownThreads(tx: Tx, pageId: string, psids: readonly string[]): Promise<Set<string>> {
  if (psids.length === 0) return new Set();
  if (psids.length === 1) {
    await tx.$queryRaw`
      SELECT psid FROM thread WHERE "pageId" = ${pageId} AND psid = ANY (${[...psids]}) FOR UPDATE`;
    return new Set();
  }
  const busy = await tx.$queryRaw<{ psid: string }[]>`
    WITH free AS (
      SELECT psid FROM thread WHERE "pageId" = ${pageId} AND psid = ANY (${[...psids]}) FOR UPDATE SKIP LOCKED)
    SELECT psid FROM thread WHERE "pageId" = ${pageId} AND psid = ANY (${[...psids]})
      AND psid NOT IN (SELECT psid FROM free)`;
  return new Set(busy.map(({ psid }) => psid));
}
