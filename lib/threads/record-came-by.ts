import "server-only";
import type { Tx } from "#lib/db.ts";
import type { MessageReceived, Postback } from "#lib/messenger/meta-event.ts";

/** Writes the link or the ad a first message or tap came from. Told on standby too, it is still one arrival. */
export async function recordCameBy(tx: Tx, event: MessageReceived | Postback): Promise<void> {
  if (event.cameBy === null) return;
  const { pageId, psid, mid, at } = event;
  const { source, ref, adId } = event.cameBy;
  const key = `came_by:${mid ?? event.key}`;
  await tx.referral.createMany({ data: { pageId, psid, key, source, ref, adId, at }, skipDuplicates: true });
}
