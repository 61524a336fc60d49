import "server-only";
import type { Tx } from "#lib/db.ts";
import { expectMedia } from "#lib/media/expect-media.ts";
import { filesOf } from "#lib/media/media-owner.ts";
import type { Echo, MessageReceived } from "#lib/messenger/meta-event.ts";

/**
 * Has the files of a page's messages fetched, before Meta's addresses of them end. Of one whose deletion came before
 * it, nothing is: what was taken back is not ours to keep.
 */
export async function expectFiles(
  tx: Tx,
  pageId: string,
  messages: readonly (Echo | MessageReceived)[],
): Promise<void> {
  const files = messages.flatMap(({ psid, mid, attachments }) =>
    filesOf(mid, attachments).map((file) => ({ mid, file: { ...file, psid } })),
  );
  if (files.length === 0) return;
  const mids = [...new Set(files.map(({ mid }) => mid))];
  const gone = await tx.message.findMany({
    where: { pageId, mid: { in: mids }, deletedAt: { not: null } },
    select: { mid: true },
  });
  const takenBack = new Set(gone.map(({ mid }) => mid));
  await expectMedia(
    tx,
    pageId,
    files.flatMap(({ mid, file }) => (takenBack.has(mid) ? [] : [file])),
  );
}
