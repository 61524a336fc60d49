import "server-only";
import type { Tx } from "#lib/db.ts";
import type { ThreadKey } from "./thread-key.ts";

/** Takes a reply back that has not left. The worker may be faster; the database picks one of the two. */
export async function cancelReply(
  tx: Tx,
  key: ThreadKey,
  replyId: string,
  authorId: string,
): Promise<"cancelled" | "too-late" | "not-found"> {
  const where = { pageId: key.pageId, psid: key.psid, id: replyId, authorId };
  const { count } = await tx.reply.updateMany({
    where: { ...where, state: "queued" },
    data: { state: "cancelled", settledAt: new Date() },
  });
  if (count === 1) return "cancelled";
  return (await tx.reply.count({ where })) === 1 ? "too-late" : "not-found";
}
