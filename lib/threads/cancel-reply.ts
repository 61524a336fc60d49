import "server-only";
import type { Tx } from "#lib/db.ts";
import type { ThreadKey } from "./thread-key.ts";

/**
 * Takes a reply back that has not left, with all its parts; once the first is on its way, nothing is taken back.
 * The worker may be faster: raw, because Prisma has no row locks, and the worker passes over rows that are held.
 */
export async function cancelReply(
  tx: Tx,
  { pageId, psid }: ThreadKey,
  replyId: string,
  authorId: string,
): Promise<"cancelled" | "too-late" | "not-found"> {
  const parts = await tx.$queryRaw<{ id: string; state: string }[]>`
    SELECT r.id, r.state FROM reply r JOIN reply named
      ON named."pageId" = r."pageId" AND named."intentId" = r."intentId" AND named.psid = r.psid
    WHERE named."pageId" = ${pageId} AND named.psid = ${psid} AND named.id = ${replyId}::uuid
      AND named."authorId" = ${authorId}::uuid
    ORDER BY r.part
    FOR UPDATE OF r`;
  if (parts.length === 0) return "not-found";
  if (parts.some(({ state }) => state !== "queued")) return "too-late";
  await tx.reply.updateMany({
    where: { pageId, id: { in: parts.map(({ id }) => id) }, state: "queued" },
    data: { state: "cancelled", settledAt: new Date() },
  });
  return "cancelled";
}
