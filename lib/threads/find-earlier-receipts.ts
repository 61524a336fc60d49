import "server-only";
import type { Tx } from "#lib/db.ts";
import { eventKey } from "#lib/messenger/event-key.ts";
import type { Echo } from "#lib/messenger/meta-event.ts";
import type { ThreadNews } from "./thread-news.ts";

/** A message may be delivered, or seen, before we hear that it was sent; receipts that name no time say so by its mid alone. */
export async function findEarlierReceipts(
  tx: Tx,
  pageId: string,
  echoes: readonly Echo[],
): Promise<(echo: Echo) => ThreadNews> {
  const keys = echoes
    .filter(({ isDeleted }) => !isDeleted)
    .flatMap((echo) => [keyOf("delivery", echo), keyOf("read", echo)]);
  if (keys.length === 0) return () => ({});
  const rows = await tx.event.findMany({
    where: { pageId, key: { in: keys }, state: "applied" },
    select: { key: true },
  });
  const told = new Set(rows.map(({ key }) => key));
  return (echo) => {
    if (told.has(keyOf("read", echo))) return { readWatermark: echo.at, deliveredWatermark: echo.at };
    return told.has(keyOf("delivery", echo)) ? { deliveredWatermark: echo.at } : {};
  };
}

function keyOf(word: "delivery" | "read", { psid, mid }: Echo): string {
  return eventKey(word, [psid, null, mid]);
}
