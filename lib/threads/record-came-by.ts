import "server-only";
import type { Tx } from "#lib/db.ts";
import type { MessageReceived, Postback } from "#lib/messenger/meta-event.ts";

/** Writes the links and ads that first messages or taps came from. Told on standby too, it is still one arrival. */
export async function recordCameBy(tx: Tx, events: readonly (MessageReceived | Postback)[]): Promise<void> {
  const arrivals = events.flatMap(({ pageId, psid, mid, at, key, cameBy }) =>
    cameBy === null
      ? []
      : [{ pageId, psid, key: `came_by:${mid ?? key}`, source: cameBy.source, ref: cameBy.ref, adId: cameBy.adId, at }],
  );
  if (arrivals.length > 0) await tx.referral.createMany({ data: arrivals, skipDuplicates: true });
}
