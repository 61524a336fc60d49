import { eventKey } from "./event-key.ts";
import type { DeliveryReceipt, ReadReceipt } from "./meta-event.ts";
import { notAfter, readMetaTime } from "./meta-time.ts";
import type { Item } from "./webhook-place.ts";
import { deliveryPart, readPart } from "./webhook-schema.ts";

/** Everything we sent up to the watermark has reached the person. */
export function readDelivery(part: Record<string, unknown>, { base, place }: Item): DeliveryReceipt | null {
  const { mids, watermark: given } = deliveryPart.parse(part);
  const watermark = readMetaTime(given);
  if (watermark === null && mids.length === 0) return null;
  return {
    kind: "delivery",
    ...base,
    key: eventKey("delivery", [base.psid, watermark, ...mids]),
    mids,
    // Without a watermark only the messages named are known to have arrived.
    watermark: watermark === null ? new Date(0) : notAfter(place.receivedAt, watermark),
  };
}

/** Everything up to the watermark has been seen; on Instagram, everything up to one message. */
export function readRead(part: Record<string, unknown>, { base, place }: Item): ReadReceipt | null {
  const { mid, watermark: given } = readPart.parse(part);
  const watermark = readMetaTime(given);
  if (watermark === null && mid === null) return null;
  return {
    kind: "read",
    ...base,
    key: eventKey("read", [base.psid, watermark, mid]),
    watermark: watermark === null ? null : notAfter(place.receivedAt, watermark),
    mid,
  };
}
