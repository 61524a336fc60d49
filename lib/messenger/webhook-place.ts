import { unknownKey } from "./event-key.ts";
import type { MetaEvent, UnknownEvent } from "./meta-event.ts";
import { eventTime } from "./meta-time.ts";
import { storableText } from "./storable-text.ts";

/** Where an item stood in its delivery: what its surroundings say about it. */
export type Place = {
  channel: MetaEvent["channel"];
  platform: MetaEvent["platform"];
  position: number;
  receivedAt: Date;
  entryId: string | null;
  entryTime: unknown;
  /** Of the entry; the item may have one of its own. */
  hopContext: unknown;
  isAloneInEntry: boolean;
};

/** An item of `messaging` or `standby`, with what it has in common with every other. */
export type Item = {
  fields: Record<string, unknown>;
  place: Place;
  /** As Meta meant it, for keys; null when the item names no time. */
  time: Date | null;
  base: Pick<MetaEvent, "pageId" | "at" | "position" | "channel" | "platform"> & { psid: string };
};

/** An item of the page's as a whole. */
export type PageItem = Omit<Item, "base"> & { base: Omit<Item["base"], "psid"> & { psid: null } };

/** The page of items that name none. Meta's own test deliveries use it too, and no page has this id. */
export const NO_PAGE = "0";

const MAX_NAME_LENGTH = 60;

/** Keeps an item we cannot apply: its name for counting, its key against repeats. */
export function unknownEvent(
  what: string,
  item: unknown,
  place: Place,
  known: { pageId?: string; psid?: string | null; timestamp?: unknown } = {},
): UnknownEvent {
  const name = storableText(what.slice(0, MAX_NAME_LENGTH));
  return {
    kind: "unknown",
    what: name,
    pageId: known.pageId ?? place.entryId ?? NO_PAGE,
    psid: known.psid ?? null,
    at: eventTime([known.timestamp, place.entryTime], place.receivedAt),
    key: unknownKey(name, item),
    position: place.position,
    channel: place.channel,
    platform: place.platform,
  };
}
