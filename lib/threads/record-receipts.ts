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

/** The messages a receipt names, where no watermark says it all. */
function midsOf(event: Receipt): string[] {
  if (event.kind === "delivery") return event.watermark.getTime() === 0 ? event.mids : [];
  return event.watermark === null && event.mid !== null ? [event.mid] : [];
}

type Row = { sentAt: Date; deletedAt: Date | null };
type Known = ReadonlyMap<string, Row>;

/** The watermark covers everything before it; where there is none, the newest of the messages named does. */
function delivered({ mids, watermark }: DeliveryReceipt, known: Known): ThreadNews {
  if (watermark.getTime() > 0) return { deliveredWatermark: watermark };
  const times = mids.flatMap((mid) => sentAt(known.get(mid))?.getTime() ?? []);
  return times.length === 0 ? {} : { deliveredWatermark: new Date(Math.max(...times)) };
}

/** Instagram names the message that was read instead of a time; one still to come looks for this itself. */
function read({ mid, watermark }: ReadReceipt, known: Known): ThreadNews {
  const at = watermark ?? (mid === null ? null : sentAt(known.get(mid)));
  return at === null ? {} : { readWatermark: at, deliveredWatermark: at };
}

/** A tombstone that came before its message knows when it was unsent, not when it was sent. */
function sentAt(message: Row | undefined): Date | null {
  return message === undefined || message.sentAt.getTime() === message.deletedAt?.getTime() ? null : message.sentAt;
}
