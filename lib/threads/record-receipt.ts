import "server-only";
import type { Tx } from "#lib/db.ts";
import type { DeliveryReceipt, ReadReceipt } from "#lib/messenger/meta-event.ts";
import type { ThreadNews } from "./thread-news.ts";

/** Everything sent at or before the watermark was delivered, or read. Marks only move forward. */
export async function recordReceipt(tx: Tx, event: DeliveryReceipt | ReadReceipt): Promise<ThreadNews> {
  if (event.kind === "delivery") return { deliveredWatermark: await newestOf(tx, event) };
  const watermark = event.watermark ?? (await sentAtOf(tx, event));
  return watermark === null ? {} : { readWatermark: watermark, deliveredWatermark: watermark };
}

/** The watermark covers everything before it; where Meta names messages instead, the newest of them does. */
async function newestOf(tx: Tx, { pageId, mids, watermark }: DeliveryReceipt): Promise<Date> {
  const named = await tx.message.aggregate({ where: { pageId, mid: { in: mids } }, _max: { sentAt: true } });
  const sentAt = named._max.sentAt;
  return sentAt !== null && sentAt > watermark ? sentAt : watermark;
}

/** Instagram names the message that was read instead of a time; one still to come looks for this itself. */
async function sentAtOf(tx: Tx, event: ReadReceipt): Promise<Date | null> {
  if (event.mid === null) return null;
  const message = await tx.message.findUnique({
    where: { pageId_mid: { pageId: event.pageId, mid: event.mid } },
    select: { sentAt: true, deletedAt: true },
  });
  // A tombstone that came before its message knows when it was unsent, not when it was sent.
  const isKnown = message !== null && message.sentAt.getTime() !== message.deletedAt?.getTime();
  return isKnown ? message.sentAt : null;
}
