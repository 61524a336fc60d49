import "server-only";
import type { Tx } from "#lib/db.ts";
import type { DeliveryReceipt, ReadReceipt, Received } from "#lib/messenger/meta-event.ts";
import type { Heard, ThreadNews } from "./thread-news.ts";

type Receipt = DeliveryReceipt | ReadReceipt;

/** Everything sent at or before the watermark was delivered, or read. Marks only move forward. */
export async function recordReceipts(tx: Tx, pageId: string, events: readonly Received<Receipt>[]): Promise<Heard[]> {
  const mids = events.flatMap(midsOf);
  const rows =
    mids.length === 0
      ? []
      : await tx.message.findMany({
          where: { pageId, mid: { in: mids } },
          select: { mid: true, sentAt: true, deletedAt: true },
        });
  const known = new Map(rows.map((row) => [row.mid, row]));
  return events.map((event) => {
    const { psid, receivedAt } = event;
    return { psid, receivedAt, news: event.kind === "delivery" ? delivered(event, known) : read(event, known) };
  });
}

/** The messages a receipt names, where its watermark does not say it all. */
function midsOf(event: Receipt): string[] {
  if (event.kind === "delivery") return event.mids;
  return event.watermark === null && event.mid !== null ? [event.mid] : [];
}

type Known = ReadonlyMap<string, { sentAt: Date; deletedAt: Date | null }>;

/** The watermark covers everything before it; where Meta names messages instead, the newest of them does. */
function delivered({ mids, watermark }: DeliveryReceipt, known: Known): ThreadNews {
  const times = mids.map((mid) => known.get(mid)?.sentAt.getTime() ?? 0);
  return { deliveredWatermark: new Date(Math.max(watermark.getTime(), ...times)) };
}

/** Instagram names the message that was read instead of a time; one still to come looks for this itself. */
function read({ mid, watermark }: ReadReceipt, known: Known): ThreadNews {
  const message = mid === null ? undefined : known.get(mid);
  // A tombstone that came before its message knows when it was unsent, not when it was sent.
  const isKnown = message !== undefined && message.sentAt.getTime() !== message.deletedAt?.getTime();
  const at = watermark ?? (isKnown ? message.sentAt : null);
  return at === null ? {} : { readWatermark: at, deliveredWatermark: at };
}
