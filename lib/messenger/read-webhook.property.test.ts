import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { MetaEvent } from "./meta-event.ts";
import { readWebhook } from "./read-webhook.ts";
import { isRecord } from "./record.ts";
import { readSample, sampleNames } from "./samples/read-sample.ts";

/**
 * Whatever arrives signed: it is read without throwing, each item becomes one event, good neighbours stay whole, and
 * what comes out can be stored.
 */
const RECEIVED = new Date("2026-12-01T00:00:00Z");
const GOOD = {
  sender: { id: "7" },
  recipient: { id: "1" },
  timestamp: 1795343000111,
  message: { mid: "m_good", text: "Hello" },
};

const samples: unknown[] = sampleNames.map((name) => JSON.parse(Buffer.from(readSample(name)).toString()));

const odd = fc.oneof(
  { maxDepth: 3 },
  fc.constantFrom<unknown>(
    null,
    true,
    "",
    "0",
    0,
    -1,
    1e300,
    2 ** 53,
    "\u0000",
    "\ud83d",
    [],
    {},
    [null],
    "x".repeat(10_000),
  ),
  fc.constantFrom<unknown>("120231004567890123", 1795341598, "1795341598000", "LEAD_COMPLETE", { id: 7 }, { id: {} }, [
    [[[]]],
  ]),
  fc.jsonValue(),
);

/** Every place in a JSON value, as the path that leads there. */
function places(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  const inner: [string | number, unknown][] = Array.isArray(value)
    ? value.map((one: unknown, index): [number, unknown] => [index, one])
    : isRecord(value)
      ? Object.entries(value)
      : [];
  return [path, ...inner.flatMap(([step, one]) => places(one, [...path, step]))];
}

/** The value with something else at one place; undefined takes the place away. */
function replaced(value: unknown, [step, ...rest]: (string | number)[], by: unknown): unknown {
  if (step === undefined) return by;
  if (Array.isArray(value)) return value.map((one: unknown, index) => (index === step ? replaced(one, rest, by) : one));
  if (!isRecord(value)) return value;
  return { ...value, [step]: replaced(value[step], rest, by) };
}

function bytes(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value) ?? "");
}

/** Items as the protocol counts them: members of the three lists; an entry without a list counts as one. */
function countItems(body: unknown): number {
  if (!isRecord(body) || !Array.isArray(body.entry)) return 0;
  const counts = body.entry.map((entry: unknown) => {
    const lists = isRecord(entry)
      ? [entry.messaging, entry.standby, entry.changes].filter((list) => list !== undefined && list !== null)
      : [];
    return lists.length === 0
      ? 1
      : lists.reduce<number>((sum, list) => sum + (Array.isArray(list) ? list.length : 1), 0);
  });
  return counts.reduce((sum, count) => sum + count, 0);
}

function expectStorable(events: readonly MetaEvent[]): void {
  for (const event of events) {
    expect(Number.isNaN(event.at.getTime())).toBe(false);
    expect(event.at.getTime()).toBeLessThanOrEqual(RECEIVED.getTime() + 5 * 60_000);
    expect(event.pageId).not.toBe("");
    expect(event.key.length).toBeLessThan(400);
    const texts = JSON.stringify(event);
    expect(texts).not.toMatch(/\\u0000|\\ud[89a-f][0-9a-f]{2}/);
  }
}

/** Reads a body with one good message put in front of and behind each entry's own items. */
function readAmongNeighbours(body: unknown): readonly MetaEvent[] {
  const entry = isRecord(body) && Array.isArray(body.entry) ? body.entry : [];
  const neighbour = { id: "1", time: 1795343000200, messaging: [GOOD] };
  const events =
    readWebhook(bytes({ object: "page", entry: [neighbour, ...entry, neighbour] }), RECEIVED)?.events ?? [];
  expect(events.at(0)).toMatchObject({ kind: "message", mid: "m_good", position: 0 });
  expect(events.at(-1)).toMatchObject({ kind: "message", mid: "m_good", position: events.length - 1 });
  return events;
}

describe("a delivery of any shape", () => {
  test("with any JSON in place of the body, an entry, a list or an item", () => {
    const bodies = fc.oneof(
      odd,
      odd.map((entry) => ({ object: "page", entry })),
      fc.array(odd).map((entry) => ({ object: "page", entry })),
      odd.map((messaging) => ({ object: "page", entry: [{ id: "1", messaging }] })),
      fc.tuple(fc.array(odd), fc.array(odd), fc.array(odd)).map(([messaging, standby, changes]) => ({
        object: "instagram",
        entry: [{ id: "1", messaging, standby, changes }],
      })),
    );
    fc.assert(
      fc.property(bodies, (body) => {
        // JSON has no undefined, so what is written may differ from what was made.
        const written: unknown = JSON.parse(JSON.stringify(body));
        const read = readWebhook(bytes(body), RECEIVED);
        expect(read?.events.length ?? 0).toBe(countItems(written));
        expectStorable(read?.events ?? []);
        readAmongNeighbours(written);
      }),
      { numRuns: 500 },
    );
  });

  test("with any JSON at any one place of any sample: at least 2,000 malformed deliveries", () => {
    const malformed = fc
      .constantFrom(...samples)
      .chain((sample) =>
        fc
          .tuple(fc.constantFrom(...places(sample)), fc.oneof(odd, fc.constant(undefined)))
          .map(([path, by]) => replaced(sample, path, by)),
      );
    fc.assert(
      fc.property(malformed, (body) => {
        const written: unknown = body === undefined ? undefined : JSON.parse(JSON.stringify(body));
        const read = readWebhook(bytes(body), RECEIVED);
        expect(read?.events.length ?? 0).toBe(countItems(written));
        expectStorable(read?.events ?? []);
        readAmongNeighbours(written);
      }),
      { numRuns: 2000 },
    );
  });

  test("cut off anywhere is unreadable or whole, and never throws", () => {
    const cut = fc.constantFrom(...sampleNames).chain((name) => {
      const sample = readSample(name);
      return fc.nat({ max: sample.length - 1 }).map((length) => sample.slice(0, length));
    });
    fc.assert(
      fc.property(cut, (body) => {
        // Only the line break at the end may be missing without harm.
        const isWhole = Buffer.from(body).toString().endsWith("\n}");
        expect(readWebhook(body, RECEIVED) !== null).toBe(isWhole);
      }),
    );
  });

  test("with any byte changed never throws", () => {
    const changed = fc.tuple(fc.constantFrom(...sampleNames), fc.nat(), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(changed, ([name, at, byte]) => {
        const sample = readSample(name);
        const body = sample.map((one, index) => (index === at % sample.length ? byte : one));
        expectStorable(readWebhook(body, RECEIVED)?.events ?? []);
      }),
      { numRuns: 1000 },
    );
  });

  test("nested a hundred thousand deep at any place keeps its neighbours", () => {
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    const path = fc
      .constantFrom(...samples)
      .chain((sample) => fc.tuple(fc.constant(sample), fc.constantFrom(...places(sample))));
    fc.assert(
      fc.property(path, ([sample, place]) => {
        const entry = JSON.stringify(replaced(sample, place, "DEEP")).replace('"DEEP"', deep);
        const neighbour = JSON.stringify({ id: "1", messaging: [GOOD] });
        const read = readWebhook(
          Buffer.from(`{"object":"page","entry":[${neighbour},${entry},${neighbour}]}`),
          RECEIVED,
        );
        expect(read?.events.at(-1)).toMatchObject({ kind: "message", mid: "m_good" });
      }),
      { numRuns: 100 },
    );
  });

  test("of a thousand items is read whole", () => {
    const messaging = Array.from({ length: 1000 }, (_, index) => ({
      ...GOOD,
      message: { mid: `m_${index}`, text: "Hello" },
    }));
    const events = readWebhook(bytes({ object: "page", entry: [{ id: "1", messaging }] }), RECEIVED)?.events ?? [];
    expect(new Set(events.map(({ key }) => key)).size).toBe(1000);
  });
});

describe("the same event in another form", () => {
  const ids = new Set([
    "id",
    "ad_id",
    "app_id",
    "previous_owner_app_id",
    "new_owner_app_id",
    "requested_owner_app_id",
    "sticker_id",
  ]);

  /** The JSON text with ids as numbers or strings, and times in another unit. */
  function rewritten(value: unknown, asNumber: boolean, unit: number, name = ""): string {
    if (Array.isArray(value)) return `[${value.map((one) => rewritten(one, asNumber, unit)).join(",")}]`;
    if (isRecord(value)) {
      const fields = Object.entries(value).map(
        ([field, one]) => `${JSON.stringify(field)}:${rewritten(one, asNumber, unit, field)}`,
      );
      return `{${fields.join(",")}}`;
    }
    if (ids.has(name) && /^\d+$/.test(String(value))) return asNumber ? String(value) : JSON.stringify(String(value));
    if ((name === "timestamp" || name === "time" || name === "watermark") && value !== undefined) {
      // Whole seconds, so that no unit loses anything.
      const seconds = Math.floor(Number(value) / (Number(value) > 1e11 ? 1000 : 1));
      return asNumber ? `${seconds * unit}` : `"${seconds * unit}"`;
    }
    return JSON.stringify(value);
  }

  test.each(sampleNames)("%s: ids and times as numbers or strings, in s, ms or µs", (name) => {
    const sample: unknown = samples[sampleNames.indexOf(name)];
    const forms = [true, false].flatMap((asNumber) => [1, 1e3, 1e6].map((unit) => rewritten(sample, asNumber, unit)));
    const events = forms.map((form) => readWebhook(Buffer.from(form), RECEIVED)?.events);
    for (const other of events) expect(other).toEqual(events[0]);
  });

  test("in any order of the delivery's items has the same keys", () => {
    const items = samples.flatMap((body) => (isRecord(body) && Array.isArray(body.entry) ? body.entry : []));
    const keysOf = (entry: unknown[]) =>
      new Set((readWebhook(bytes({ object: "page", entry }), RECEIVED)?.events ?? []).map(({ key }) => key));
    const expected = keysOf(items);
    fc.assert(
      fc.property(fc.shuffledSubarray(items, { minLength: items.length }), (shuffled) => {
        expect(keysOf(shuffled)).toEqual(expected);
        expect(keysOf([...shuffled, ...shuffled])).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });
});
