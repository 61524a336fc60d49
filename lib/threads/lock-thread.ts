import "server-only";
import type { Tx } from "#lib/db.ts";
import type { ThreadKey } from "./thread-key.ts";

/**
 * Makes sure that the person and the thread exist, and holds the thread for the rest of the transaction:
 * per thread one event at a time, while threads never wait for each other.
 * Raw, because Prisma has no row locks.
 */
export async function lockThread(tx: Tx, { pageId, psid }: ThreadKey): Promise<void> {
  const lock = () => tx.$queryRaw<unknown[]>`
    SELECT 1 FROM thread WHERE "pageId" = ${pageId} AND psid = ${psid} FOR UPDATE`;
  if ((await lock()).length > 0) return;
  await tx.person.createMany({ data: { pageId, psid, profileRetryAt: new Date() }, skipDuplicates: true });
  await tx.thread.createMany({ data: { pageId, psid }, skipDuplicates: true });
  await lock();
}
