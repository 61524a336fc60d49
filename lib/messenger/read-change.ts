import { eventKey } from "./event-key.ts";
import type { MetaEvent } from "./meta-event.ts";
import { eventTime, readMetaTime } from "./meta-time.ts";
import { readItem } from "./read-item.ts";
import { readLeadgen } from "./read-leadgen.ts";
import { isRecord } from "./record.ts";
import { readText } from "./storable-text.ts";
import { NO_PAGE, type Place, unknownEvent } from "./webhook-place.ts";
import { labelPart } from "./webhook-schema.ts";

/**
 * An entry of `changes`: `{ field, value }`. Labels come this way, and so do messaging items in the dashboard's samples
 * and some Instagram topics, with the whole item as the value.
 */
export function readChange(change: unknown, place: Place): MetaEvent {
  if (!isRecord(change)) return unknownEvent("change", change, place);
  const { value } = change;
  const field = readText(change.field) ?? "change";

  if (isRecord(value) && (isRecord(value.sender) || isRecord(value.recipient))) {
    return readItem(value, { ...place, channel: field === "standby" ? "standby" : "changes" });
  }
  if (field === "inbox_labels") return readLabel(change, value, place);
  const lead = field === "leadgen" && isRecord(value) ? readLeadgen(value, place) : null;
  return lead ?? unknownEvent(field, change, place);
}

function readLabel(change: unknown, value: unknown, place: Place): MetaEvent {
  const read = labelPart.safeParse(value);
  const psid = read.data?.user.id ?? null;
  const name = read.data?.label.page_label_name ?? null;
  if (!read.success || psid === null || name === null) return unknownEvent("inbox_labels", change, place, { psid });

  const { label, action } = read.data;
  return {
    kind: "label",
    pageId: place.entryId ?? NO_PAGE,
    psid,
    name,
    // Meta lists no actions; every spelling seen for taking a label off has one of these words in it.
    isRemoval: /remove|delete/i.test(action ?? ""),
    at: eventTime([place.entryTime], place.receivedAt),
    // A change of labels has no time of its own, and the same label may come, go and come again.
    key: eventKey("label", [psid, label.id ?? name, action, readMetaTime(place.entryTime)]),
    position: place.position,
    channel: place.channel,
    platform: place.platform,
  };
}
