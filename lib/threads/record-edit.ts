import "server-only";
import type { Tx } from "#lib/db.ts";
import type { MessageEdit } from "#lib/messenger/meta-event.ts";

/** Writes a text a message was changed to. All are kept; the one with the highest number is shown. An edit opens nothing. */
export async function recordEdit(tx: Tx, event: MessageEdit, receivedAt: Date): Promise<void> {
  const { pageId, psid, mid, number, text, at } = event;
  await tx.messageEdit.createMany({
    data: { pageId, psid, mid, number, text, at, receivedAt },
    skipDuplicates: true,
  });
}
