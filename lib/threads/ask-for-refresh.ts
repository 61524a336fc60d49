import "server-only";
import { databaseNow } from "#lib/database-now.ts";
import type { Tx } from "#lib/db.ts";
import type { ThreadKey } from "./thread-key.ts";

/** Says that Meta's history knows better what happened until then; what was read since needs no second look. */
export async function askForRefresh(tx: Tx, key: ThreadKey, until: Date): Promise<void> {
  await tx.thread.updateMany({
    where: { ...key, refreshDueAt: null, OR: [{ historyReadAt: null }, { historyReadAt: { lt: until } }] },
    data: { refreshDueAt: await databaseNow(tx), refreshTries: 0 },
  });
}
