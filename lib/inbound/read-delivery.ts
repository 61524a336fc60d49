import type { MetaEvent } from "#lib/messenger/meta-event.ts";
import { readHistory } from "#lib/messenger/read-history.ts";
import { readWebhook } from "#lib/messenger/read-webhook.ts";

/** The events in kept bytes, read as what they are by where they came from; null when they cannot be read at all. */
export function readDelivery(delivery: { source: string; body: Uint8Array; receivedAt: Date }): MetaEvent[] | null {
  if (delivery.source === "history") return readHistory(delivery.body);
  return readWebhook(delivery.body, delivery.receivedAt)?.events ?? null;
}
