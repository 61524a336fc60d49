import { contentKey } from "./event-key.ts";
import type { TestReceived } from "./meta-event.ts";
import { readMetaId } from "./meta-id.ts";
import { eventTime, readMetaTime } from "./meta-time.ts";
import { isRecord } from "./record.ts";
import { readText, storableText } from "./storable-text.ts";
import { NO_PAGE, type Place } from "./webhook-place.ts";

/**
 * What Meta sends to try the address out: the App Dashboard's "Test" has entries of page 0, its leads the ids below,
 * and Meta's own example calls a text a message. Nothing can be looked up behind them.
 * https://developers.facebook.com/docs/messenger-platform/webhooks
 */
export const TEST_ID = "444444444444";
const MAX_NAME_LENGTH = 60;

/** Whether an item is a test: told by where it stands, by its ids, or by its shape. */
export function isTest(item: unknown, place: Place): boolean {
  if (place.entryId === NO_PAGE) return true;
  if (!isRecord(item)) return false;
  if (place.channel === "changes") {
    const { value } = item;
    return isRecord(value) && [value.leadgen_id, value.page_id].some((id) => readMetaId(id) === TEST_ID);
  }
  return typeof item.message === "string" && !isRecord(item.sender);
}

/** A test, as an event of its page; of page 0 where it names none. */
export function testReceived(item: unknown, place: Place): TestReceived {
  const fields = isRecord(item) ? item : {};
  const what = readText(fields.field) ?? Object.keys(fields).find((name) => !PARTIES.includes(name)) ?? "test";
  const timestamp = isRecord(fields.value) ? fields.value.timestamp : fields.timestamp;
  return {
    kind: "test",
    what: storableText(what.slice(0, MAX_NAME_LENGTH)),
    pageId: place.entryId ?? NO_PAGE,
    psid: null,
    at: eventTime([timestamp, place.entryTime], place.receivedAt),
    // Each press of the button counts, and all of them send the same words: the entry's time tells them apart.
    key: contentKey("test", [readMetaTime(place.entryTime)], item),
    position: place.position,
    channel: place.channel,
    platform: place.platform,
  };
}

const PARTIES: readonly string[] = ["sender", "recipient", "timestamp"];
