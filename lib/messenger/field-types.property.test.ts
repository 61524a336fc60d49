import { describe, expect, test } from "vitest";
import { parseLosslessJson } from "./lossless-json.ts";
import type { MetaEvent } from "./meta-event.ts";
import { readWebhook } from "./read-webhook.ts";
import { isRecord } from "./record.ts";
import { readSample, type SampleName, sampleNames } from "./samples/read-sample.ts";
import { RECEIVED } from "./samples/sample-events.ts";

/**
 * Meta's fields come in several types: every id as text or number, every time in seconds, milliseconds or as digits in
 * a text, everything optional left out or null. Each such form of each place of each sample is the same event, or the
 * same without that field, and the item beside it is never lost.
 */
const IDS: readonly string[] = [
  ...["id", "ad_id", "adgroup_id", "app_id", "form_id", "leadgen_id", "page_id", "sticker_id", "attachment_id"],
  ...["previous_owner_app_id", "new_owner_app_id", "requested_owner_app_id", "booking_id", "reel_video_id"],
];
const TIMES: readonly string[] = [
  ...["time", "timestamp", "watermark", "created_time", "token_expiry_timestamp", "start_time", "end_time"],
];
/** What an event can do without and stay of its kind. */
const OPTIONAL: readonly string[] = [
  ...["text", "attachments", "quick_reply", "reply_to", "referral", "commands", "app_id", "metadata", "is_self_reply"],
  ...["source", "ref", "ad_id", "ads_context_data", "ad_title", "post_id", "photo_url", "lead", "data", "question"],
  ...["answer", "previous_owner_app_id", "new_owner_app_id", "requested_owner_app_id", "title", "payload", "mids"],
  ...["emoji", "timestamp", "time", "url", "sticker_id", "coordinates", "lat", "long", "elements", "buttons"],
  ...[
    "template_type",
    "booking_id",
    "status",
    "start_time",
    "end_time",
    "timezone",
    "product",
    "reel_video_id",
    "story",
  ],
  ...["notification_messages_token", "notification_messages_timezone", "token_expiry_timestamp", "user_token_status"],
  ...["one_time_notif_token", "follow_up", "screen_id", "authorization_code", "products", "note", "name", "quantity"],
  ...["unit_price", "currency", "reason", "form_id", "adgroup_id", "created_time", "is_unsupported", "object"],
];
/** Places where one of those words names what makes the kind. */
const REQUIRED: Partial<Record<SampleName, readonly string[]>> = {
  // The person linked or unlinked: without the word there is no telling.
  "account-linked": ["status"],
  "account-unlinked": ["status"],
  // Its context alone tells it from a message.
  summary: ["metadata"],
  "summary-context-on-entry": ["metadata"],
};
const GOOD = {
  sender: { id: "7" },
  recipient: { id: "104411223344556" },
  timestamp: 1795343000111,
  message: { mid: "m_good", text: "Hello" },
};

type Path = (string | number)[];

function places(value: unknown, path: Path = []): Path[] {
  const inner: [string | number, unknown][] = Array.isArray(value)
    ? value.map((one: unknown, index): [number, unknown] => [index, one])
    : isRecord(value)
      ? Object.entries(value)
      : [];
  return [path, ...inner.flatMap(([step, one]) => places(one, [...path, step]))];
}

function valueAt(value: unknown, [step, ...rest]: Path): unknown {
  if (step === undefined) return value;
  if (Array.isArray(value)) return valueAt(value[Number(step)], rest);
  return isRecord(value) ? valueAt(value[step], rest) : undefined;
}

/** The value with something else at one place; undefined takes the place away. */
function replaced(value: unknown, [step, ...rest]: Path, by: unknown): unknown {
  if (step === undefined) return by;
  if (Array.isArray(value)) return value.map((one: unknown, index) => (index === step ? replaced(one, rest, by) : one));
  return isRecord(value) ? { ...value, [step]: replaced(value[step], rest, by) } : value;
}

/** Digits that are to stand in the JSON without quotes, however many they are. */
const bare = (digits: string) => `bare:${digits}`;
const written = (body: unknown) => Buffer.from(JSON.stringify(body).replaceAll(/"bare:(\d+)"/g, "$1"));

/** Reads a body between two good messages and gives the events of the body alone. */
function read(body: unknown): MetaEvent[] {
  const entry = isRecord(body) && Array.isArray(body.entry) ? body.entry : [];
  const neighbour = { id: "104411223344556", time: 1795343000200, messaging: [GOOD] };
  const all = { ...(isRecord(body) ? body : {}), entry: [neighbour, ...entry, neighbour] };
  const events = readWebhook(written(all), RECEIVED)?.events ?? [];
  expect(events.at(0)).toMatchObject({ kind: "message", mid: "m_good" });
  expect(events.at(-1)).toMatchObject({ kind: "message", mid: "m_good", position: events.length - 1 });
  return events.slice(1, -1);
}

const lastName = (path: Path) => path.findLast((step) => typeof step === "string");
const bodyOf = (name: SampleName) => parseLosslessJson(readSample(name));

describe.each(sampleNames)("%s", (name) => {
  const body = bodyOf(name);
  const allPlaces = places(body);

  test("each id as a text and as a number is the same event", () => {
    for (const path of allPlaces.filter((one) => IDS.includes(String(lastName(one))))) {
      const id = valueAt(body, path);
      if (!/^\d+$/.test(String(id))) continue;
      const [asText, asNumber] = [String(id), bare(String(id))].map((form) => read(replaced(body, path, form)));
      expect(asNumber, path.join(".")).toEqual(asText);
    }
  });

  test("each time in seconds, in milliseconds and as digits in a text is the same event", () => {
    for (const path of allPlaces.filter((one) => TIMES.includes(String(lastName(one))))) {
      const time = Number(valueAt(body, path));
      if (!(time > 0)) continue;
      // Whole seconds, so that no unit loses anything.
      const seconds = Math.floor(time > 1e11 ? time / 1000 : time);
      const forms = [seconds, seconds * 1000, String(seconds), String(seconds * 1000)];
      const [first, ...others] = forms.map((form) => read(replaced(body, path, form)));
      for (const other of others) expect(other, path.join(".")).toEqual(first);
    }
  });

  test("each optional field left out or null is the same event without it", () => {
    const required = REQUIRED[name] ?? [];
    const kinds = read(body).map(({ kind }) => kind);
    for (const path of allPlaces) {
      const field = path.at(-1);
      if (typeof field !== "string" || !OPTIONAL.includes(field) || required.includes(field)) continue;
      // Standing on its own it is what makes the item's kind.
      if (field === "referral" && !["message", "postback"].includes(String(path.at(-2)))) continue;
      const [absent, empty] = [undefined, null].map((form) => read(replaced(body, path, form)));
      expect(absent?.map(withoutKeyOfUnknown), path.join(".")).toEqual(empty?.map(withoutKeyOfUnknown));
      expect(
        absent?.map(({ kind }) => kind),
        path.join("."),
      ).toEqual(kinds);
    }
  });

  test("any field left out or null never throws and never costs a neighbour", () => {
    for (const path of allPlaces.filter((one) => one.length > 2)) {
      for (const form of [undefined, null]) read(replaced(body, path, form));
    }
  });
});

/** What is not understood is known by its whole content, and null is content. */
function withoutKeyOfUnknown(event: MetaEvent): MetaEvent {
  return event.kind === "unknown" || event.kind === "test" ? { ...event, key: "" } : event;
}
