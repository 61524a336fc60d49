import "server-only";
import { databaseNow } from "#lib/database-now.ts";
import type { Tx } from "#lib/db.ts";
import { messageMedia } from "./media-owner.ts";

/** Meta lets a message carry this many files. */
const MOST = 30;

/** Takes back the files of a message that its writer took back; their bytes are removed soon after. */
export async function forgetMedia(tx: Tx, pageId: string, mid: string): Promise<void> {
  const owners = Array.from({ length: MOST }, (_, position) => messageMedia(mid, position));
  await tx.media.updateMany({
    where: { pageId, owner: { in: owners } },
    data: { state: "gone", stateReason: "taken_back", sourceUrl: null, fetchDueAt: await databaseNow(tx) },
  });
}
