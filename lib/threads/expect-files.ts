import "server-only";
import type { Tx } from "#lib/db.ts";
import { expectMedia } from "#lib/media/expect-media.ts";
import { filesOf } from "#lib/media/media-owner.ts";
import type { Echo, MessageReceived } from "#lib/messenger/meta-event.ts";

/** Has the files of a message fetched, before Meta's addresses of them end. */
export async function expectFiles(tx: Tx, { pageId, psid, mid, attachments }: Echo | MessageReceived): Promise<void> {
  const files = filesOf(mid, attachments).map((file) => ({ ...file, psid }));
  await expectMedia(tx, pageId, files);
}
