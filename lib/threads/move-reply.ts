import "server-only";
import type { Tx } from "#lib/db.ts";
import type { ReplyMove } from "./reply-ending.ts";

/** Makes a move if the row is still where it may be made from, and if it asks for that, by whoever holds the newest lease. */
export async function moveReply(
  tx: Tx,
  { pageId, id, leaseNumber }: { pageId: string; id: string; leaseNumber: number | null },
  { from, isFenced, data }: ReplyMove,
): Promise<boolean> {
  // Without a number no lease was held, and none can be the newest.
  const fence = isFenced ? { leaseNumber: leaseNumber ?? -1 } : {};
  const { count } = await tx.reply.updateMany({ where: { pageId, id, state: { in: [...from] }, ...fence }, data });
  return count === 1;
}
