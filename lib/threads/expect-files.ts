import "server-only";
import type { Tx } from "#lib/db.ts";
import { expectMedia } from "#lib/media/expect-media.ts";
import { filesOf } from "#lib/media/media-owner.ts";
import type { Echo, MessageReceived } from "#lib/messenger/meta-event.ts";

/**
 * Has the files of a message fetched, before Meta's addresses of them end. Of one whose deletion came before it,
 * nothing is: what was taken back is not ours to keep.
 */
export async function expectFiles(tx: Tx, { pageId, psid, mid, attachments }: Echo | MessageReceived): Promise<void> {
  const files = filesOf(mid, attachments).map((file) => ({ ...file, psid }));
  if (files.length === 0) return;
  if ((await tx.message.count({ where: { pageId, mid, deletedAt: { not: null } } })) > 0) return;
  await expectMedia(tx, pageId, files);
}
