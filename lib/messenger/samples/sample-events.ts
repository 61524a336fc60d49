import { readWebhook } from "../read-webhook.ts";
import type { MetaEvent } from "../meta-event.ts";
import { readSample, type SampleName } from "./read-sample.ts";

/** Later than anything in the samples. */
export const RECEIVED = new Date("2026-12-01T00:00:00Z");

/** The events of a sample. */
export function eventsOf(name: SampleName): MetaEvent[] {
  return readWebhook(readSample(name), RECEIVED)?.events ?? [];
}

/** The events of items that came in one entry of page 1, with anything else the entry says. */
export function eventsOfItems(items: readonly string[], entryFields = ""): MetaEvent[] {
  const body = `{"object":"page","entry":[{"id":"1",${entryFields}"messaging":[${items.join(",")}]}]}`;
  return readWebhook(Buffer.from(body), RECEIVED)?.events ?? [];
}
