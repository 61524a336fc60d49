import "server-only";
import type { Tx } from "#lib/db.ts";
import type { Postback } from "#lib/messenger/meta-event.ts";
import { postbackNews } from "./event-news.ts";
import { recordCameBy } from "./record-came-by.ts";
import type { ThreadNews } from "./thread-news.ts";

/** Writes a tap on a button: shown in the thread, and an act of the person that opens the window. */
export async function recordPostback(tx: Tx, event: Postback, receivedAt: Date): Promise<ThreadNews> {
  const thread = { pageId: event.pageId, psid: event.psid };
  const mid = event.mid ?? `postback:${event.key}`;
  const { count } = await tx.message.createMany({
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
  if (count === 0) {
    // The history told of it first, as of a message like any other.
    const data = { kind: "postback", text: event.title, sentAt: event.at };
    await tx.message.updateMany({ where: { pageId: event.pageId, mid, kind: "message" }, data });
  }
  await recordCameBy(tx, [event]);
  return postbackNews(event);
}
