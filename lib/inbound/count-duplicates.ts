import "server-only";
import { prisma } from "#lib/db.ts";
import type { MetaEvent } from "#lib/messenger/meta-event.ts";

const AT_ONCE = 1_000;

/** How many of a delivery's events another one brought before, however often this one had to be opened. */
export async function countDuplicates(deliveryId: string, events: readonly MetaEvent[]): Promise<number> {
  let own = 0;
  for (const [pageId, ofPage] of Map.groupBy(events, (event) => event.pageId)) {
    const keys = [...new Set(ofPage.map(({ key }) => key))];
    for (let start = 0; start < keys.length; start += AT_ONCE) {
      const key = { in: keys.slice(start, start + AT_ONCE) };
      own += await prisma.event.count({ where: { pageId, key, deliveryId } });
    }
  }
  return events.length - own;
}
