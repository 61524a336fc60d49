import "server-only";
import type { Tx } from "#lib/db.ts";
import { PAGE_INBOX_APP_IDS } from "#lib/messenger/app-ids.ts";
import type { ThreadKey } from "#lib/threads/thread-key.ts";

/** When a human of ours first got a message accepted after the lead came in, by Meta's clock; null while nobody did. */
export async function findFirstResponse(tx: Tx, { pageId, psid }: ThreadKey, leadAt: Date): Promise<Date | null> {
  // What we send by ourselves is no human's answer.
  const automatic = await tx.reply.findMany({ where: { pageId, psid, authorId: null }, select: { id: true } });
  const ids = automatic.map(({ id }) => id);
  const first = await tx.message.findFirst({
    where: {
      pageId,
      psid,
      direction: "out",
      sentAt: { gte: leadAt },
      OR: [{ replyId: { not: null, notIn: ids } }, { appId: { in: [...PAGE_INBOX_APP_IDS] } }],
    },
    select: { sentAt: true },
    orderBy: { sentAt: "asc" },
  });
  return first?.sentAt ?? null;
}
