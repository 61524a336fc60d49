import { describe, expect, test } from "vitest";
import { readRawItems, readWebhook } from "./read-webhook.ts";
import { readSample } from "./samples/read-sample.ts";
import { eventsOf, RECEIVED } from "./samples/sample-events.ts";

const PAGE = "104411223344556";

function read(json: string) {
  return readWebhook(Buffer.from(json), RECEIVED);
}

describe("what we do not understand yet", () => {
  test.each([
    ["hologram", ["hologram"]],
    ["leadgen-update", ["leadgen_update"]],
    ["message-user-ref", ["message_user_ref"]],
    ["optin-user-ref", ["optin_user_ref"]],
    ["entry-of-another-kind", ["entry"]],
    ["empty-entry", []],
  ] as const)("%s is kept as %j", (name, whats) => {
    const events = eventsOf(name);
    expect(events.map((event) => (event.kind === "unknown" ? event.what : event.kind))).toEqual(whats);
    expect(new Set(events.map(({ key }) => key)).size).toBe(events.length);
  });

  test("items of other objects are not taken for Messenger's", () => {
    const sample = Buffer.from(readSample("message")).toString().replace('"page"', '"whatsapp_business_account"');
    expect(read(sample)).toMatchObject({
      object: "whatsapp_business_account",
      events: [{ kind: "unknown", what: "object" }],
    });
  });

  test("a kind new to us is named by the part that is new", () => {
    const json =
      '{"object":"page","entry":[{"id":"1","messaging":[{"sender":{"id":"7"},"timestamp":1795343000,"hologram":{}}]}]}';
    expect(read(json)?.events).toMatchObject([
      { kind: "unknown", what: "hologram", pageId: "1", psid: "7", at: new Date(1795343000_000) },
    ]);
  });
});

describe("the items of a delivery as they came", () => {
  const items = (body: string) => readRawItems(Buffer.from(body));

  test("stand at their events' positions, the unreadable ones too", () => {
    const body =
      '{"object":"page","entry":[{"id":"1","messaging":[{"a":1},5],"standby":"x"},null,{"id":"2","changes":[{"field":"f"}]}]}';
    expect(items(body)).toEqual([{ a: 1 }, 5, "x", { value: null }, { field: "f" }]);
    expect(read(body)?.events.map(({ position, channel }) => [position, channel])).toEqual([
      [0, "messaging"],
      [1, "messaging"],
      [2, "standby"],
      [3, "messaging"],
      [4, "changes"],
    ]);
  });

  test.each(["", "5", "{}", '{"entry":{}}'])("%j has none", (body) => expect(items(body)).toEqual([]));
});

describe("the envelope", () => {
  test("says what is unreadable in it by its place", () => {
    const body = '{"object":"page","entry":[{"id":"1","time":1795343000,"messaging":{},"standby":5,"changes":"x"},7]}';
    expect(read(body)?.events).toMatchObject([
      { kind: "unknown", what: "messaging", pageId: "1", at: new Date(1795343000_000) },
      { kind: "unknown", what: "standby", pageId: "1" },
      { kind: "unknown", what: "changes", pageId: "1" },
      { kind: "unknown", what: "entry", pageId: "0", at: RECEIVED },
    ]);
  });

  test.each([
    ["page", "page"],
    ["instagram", "instagram"],
  ])("of %s is of the platform %s", (object, platform) => {
    const json = `{"object":"${object}","entry":[{"id":"1","messaging":[{"x":{}}]}]}`;
    expect(read(json)).toMatchObject({ object, events: [{ platform }] });
  });

  test("one delivery may carry two pages", () => {
    expect(eventsOf("two-pages")).toMatchObject([
      { pageId: PAGE, position: 0 },
      { pageId: "104411223399887", position: 1 },
    ]);
  });

  test.each([
    ["null", null],
    ["{", null],
    ["", null],
    ["5", { object: null, events: [] }],
    ["[]", { object: null, events: [] }],
    ["{}", { object: null, events: [] }],
    ['{"object":"page"}', { object: "page", events: [] }],
    ['{"object":"page","entry":{}}', { object: "page", events: [] }],
    ['{"object":"page","entry":[{"id":"1","messaging":[]}]}', { object: "page", events: [] }],
  ])("%j holds no events", (body, expected) => {
    expect(read(body)).toEqual(expected);
  });

  test("a malformed item leaves its neighbours alone", () => {
    const good = '{"sender":{"id":"7"},"recipient":{"id":"1"},"message":{"mid":"m1","text":"Hello"}}';
    const bad = [
      "null",
      '"x"',
      "5",
      "[]",
      "{}",
      '{"message":null}',
      '{"message":"TEST"}',
      '{"sender":5,"referral":[]}',
    ];
    const events = read(
      `{"object":"page","entry":[null,{"id":{},"messaging":[${[...bad, good].join(",")}]},{"messaging":{}}]}`,
    )?.events;
    expect(events).toHaveLength(bad.length + 3);
    expect(events?.filter(({ kind }) => kind === "message")).toMatchObject([
      { mid: "m1", pageId: "1", position: bad.length + 1 },
    ]);
    expect(events?.every((event, index) => event.position === index)).toBe(true);
  });

  test("an event without any time happened when it was received", () => {
    const json = '{"object":"page","entry":[{"id":"1","messaging":[{"sender":{"id":"7"},"message":{"mid":"m1"}}]}]}';
    expect(read(json)?.events).toMatchObject([{ at: RECEIVED }]);
  });

  test("a repeat has the same keys, though it comes later and its entry has another time", () => {
    const sample = Buffer.from(readSample("receipts")).toString();
    const first = read(sample)?.events.map(({ key }) => key);
    const later = readWebhook(
      Buffer.from(sample.replace("1795343070600", "1795343999999")),
      new Date("2026-12-02T00:00:00Z"),
    );
    expect(later?.events.map(({ key }) => key)).toEqual(first);
  });

  test("a clock far ahead is corrected in the time and not in the key", () => {
    const json =
      '{"object":"page","entry":[{"id":"1","messaging":[{"sender":{"id":"7"},"recipient":{"id":"1"},"timestamp":1995341598,"referral":{"type":"LEAD_COMPLETE"}}]}]}';
    const later = new Date(RECEIVED.getTime() + 60_000);
    const [one] = readWebhook(Buffer.from(json), RECEIVED)?.events ?? [];
    const [two] = readWebhook(Buffer.from(json), later)?.events ?? [];
    expect([one?.at, two?.at]).toEqual([RECEIVED, later]);
    expect(one?.key).toBe(two?.key);
  });
});
