import { parseLosslessJson } from "./lossless-json.ts";
import type { MetaEvent } from "./meta-event.ts";
import { readMetaId } from "./meta-id.ts";
import { readChange } from "./read-change.ts";
import { readItem } from "./read-item.ts";
import { isRecord } from "./record.ts";
import { readText } from "./storable-text.ts";
import { type Place, unknownEvent } from "./webhook-place.ts";
import { isTest, testReceived } from "./webhook-test.ts";

/**
 * A delivery, taken apart. Up to a thousand items of several pages come in one POST, and each becomes exactly one
 * event: what is malformed or new to us becomes `unknown` and leaves its neighbours alone.
 * https://developers.facebook.com/docs/messenger-platform/webhooks
 */
export type Webhook = { object: string | null; events: MetaEvent[] };

const CHANNELS = ["messaging", "standby", "changes"] as const;
const OBJECTS: readonly (string | null)[] = ["page", "instagram", null];

/** The events of a delivery in their order, or null when the bytes are not JSON. */
export function readWebhook(body: Uint8Array, receivedAt: Date): Webhook | null {
  const json = parseLosslessJson(body);
  if (json === null) return null;
  if (!isRecord(json)) return { object: null, events: [] };

  const object = readText(json.object);
  const events: MetaEvent[] = [];
  const entries: unknown[] = Array.isArray(json.entry) ? json.entry : [];
  for (const entry of entries) {
    for (const { item, ...place } of itemsOf(entry)) {
      events.push(
        readOne(item, object, {
          ...place,
          platform: object === "instagram" ? "instagram" : "page",
          position: events.length,
          receivedAt,
        }),
      );
    }
  }
  return { object, events };
}

/** The items of a delivery as Meta sent them, each at its event's position: what people read who ask what came. */
export function readRawItems(body: Uint8Array): unknown[] {
  const json = parseLosslessJson(body);
  const entries: unknown[] = isRecord(json) && Array.isArray(json.entry) ? json.entry : [];
  return entries.flatMap(itemsOf).map(({ item }) => (item instanceof Unreadable ? item.value : item));
}

function readOne(item: unknown, object: string | null, place: Place): MetaEvent {
  if (!OBJECTS.includes(object)) return unknownEvent("object", item, place);
  if (item instanceof Unreadable) return unknownEvent(item.what, item.value, place);
  if (isTest(item, place)) return testReceived(item, place);
  return place.channel === "changes" ? readChange(item, place) : readItem(item, place);
}

/** Stands for an item where there should have been some and none can be told apart. */
class Unreadable {
  readonly what: string;
  readonly value: unknown;

  constructor(what: string, value: unknown) {
    this.what = what;
    this.value = value;
  }
}

type ItemInEntry = { item: unknown } & Omit<Place, "platform" | "position" | "receivedAt">;

function itemsOf(entry: unknown): ItemInEntry[] {
  const { time, ...fields } = isRecord(entry) ? entry : { value: entry };
  const items = CHANNELS.flatMap((channel) => {
    const listed = fields[channel];
    if (listed === undefined || listed === null) return [];
    const inChannel: unknown[] = Array.isArray(listed) ? listed : [new Unreadable(channel, listed)];
    return inChannel.map((item) => ({ item, channel }));
  });
  // An entry without any of the three is one event of an unknown kind. An empty list is simply empty.
  const hasChannel = CHANNELS.some((channel) => fields[channel] !== undefined && fields[channel] !== null);
  if (!hasChannel) items.push({ item: new Unreadable("entry", fields), channel: "messaging" });

  return items.map((one) => ({
    ...one,
    entryId: readMetaId(fields.id),
    entryTime: time,
    hopContext: fields.hop_context,
    isAloneInEntry: items.length === 1,
  }));
}
