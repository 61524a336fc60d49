import type { MetaEvent } from "#lib/messenger/meta-event.ts";
import { readHistory } from "#lib/messenger/read-history.ts";
import { readWebhook } from "#lib/messenger/read-webhook.ts";

/** The events in kept bytes, read as what they are by where they came from; null when they cannot be read at all. */
export function readDelivery(delivery: { source: string; body: Uint8Array; receivedAt: Date }): MetaEvent[] | null {
  const told = delivery.source === "history" ? readHistory(delivery.body) : null;
  if (told !== null) return told;
  // Missed submissions of forms are kept in the shape Meta would have announced them in.
  return readWebhook(delivery.body, delivery.receivedAt)?.events ?? null;
}
