import "server-only";
import type { Tx } from "#lib/db.ts";
import type { Echo } from "#lib/messenger/meta-event.ts";
import { moveReply } from "./move-reply.ts";
import { endByEcho } from "./reply-ending.ts";

/**
 * Finds the reply an echo belongs to, by its unguessable metadata or by the mid Meta answered, and settles
 * it as sent: even before the answer, twice, or for one we thought had failed.
 */
export async function settleByEcho(
  tx: Tx,
  echo: Pick<Echo, "pageId" | "psid" | "mid" | "metadata" | "at">,
): Promise<{ id: string; isAutomatic: boolean } | null> {
  const reply = await tx.reply.findFirst({
    where: {
      pageId: echo.pageId,
      psid: echo.psid,
      OR: [{ mid: echo.mid }, ...(echo.metadata === null ? [] : [{ metadata: echo.metadata }])],
    },
    select: { id: true, authorId: true },
  });
  if (reply === null) return null;
  const row = { pageId: echo.pageId, id: reply.id, leaseNumber: null };
  await moveReply(tx, row, endByEcho(echo.mid, echo.at));
  return { id: reply.id, isAutomatic: reply.authorId === null };
}
