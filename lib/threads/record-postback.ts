import "server-only";
import type { Tx } from "#lib/db.ts";
import type { Postback } from "#lib/messenger/meta-event.ts";
import { extendThread } from "./extend-thread.ts";

/** Writes a tap on a button: shown in the thread, and an act of the person that opens the window. */
export async function recordPostback(tx: Tx, event: Postback, receivedAt: Date): Promise<void> {
  const thread = { pageId: event.pageId, psid: event.psid };
  const mid = event.mid ?? `postback:${event.key}`;
  await tx.message.createMany({
    data: {
      ...thread,
      mid,
      direction: "in",
      kind: "postback",
      text: event.title,
      sentAt: event.at,
      receivedAt,
    },
    skipDuplicates: true,
  });
  await extendThread(tx, thread, {
    lastAction: { at: event.at, opener: "postback" },
    lastInboundAt: event.at,
    ...(event.adId === null ? {} : { firstAdMessageAt: event.at }),
  });
}
