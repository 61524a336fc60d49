import "server-only";
import { databaseNow } from "#lib/database-now.ts";
import type { Tx } from "#lib/db.ts";
import { newId } from "#lib/ids.ts";
import type { MediaOwner } from "./media-owner.ts";

/** Notes files to be fetched from Meta before their addresses end. What is known already stays as it is. */
export async function expectMedia(
  tx: Tx,
  pageId: string,
  files: readonly { owner: MediaOwner; sourceUrl: string; psid?: string }[],
): Promise<void> {
  if (files.length === 0) return;
  const now = await databaseNow(tx);
  await tx.media.createMany({
    data: files.map((file) => ({ pageId, id: newId(), fetchDueAt: now, ...file })),
    skipDuplicates: true,
  });
}
