/** For tests: what Meta would never send and anybody could sign by mistake. The same seed makes the same bodies. */
import fc from "fast-check";
import { isRecord } from "#lib/messenger/record.ts";
import { readSample, sampleNames } from "#lib/messenger/samples/read-sample.ts";

const samples: unknown[] = sampleNames.map((name) => JSON.parse(Buffer.from(readSample(name)).toString()));
const HOLE = "HOLE-IN-THE-SAMPLE";

/** Spelt, not made: JSON can say more than JavaScript can hold. */
const spellings = fc.constantFrom(
  ...[
    "null",
    "true",
    '""',
    '"0"',
    "0",
    "-0",
    "-1",
    "1e300",
    "1e-300",
    "1e400",
    "9007199254740993",
    "123456789012345678",
  ],
  ...["12345678901234567890123456789012345678901234567890", "0.1", "1795341598", "1795341598000", "1795341598000000"],
  ...[
    '"\\u0000"',
    '"a\\u0000b"',
    '"\\ud83d"',
    '"\\ude00\\ud83d"',
    '"\\uffff\\ufffe"',
    '"\\u202e\\u2066"',
    '"\u{1f468}\u200d\u{1f469}"',
  ],
  ...[
    "[]",
    "{}",
    "[null]",
    "[[[[]]]]",
    '{"id":7}',
    '{"id":{}}',
    '{"id":null}',
    '{"__proto__":{"x":1}}',
    '{"constructor":1}',
  ],
  ...[
    '{"id":"1","id":"2"}',
    '{"mid":"m_1","mid":[]}',
    '{"":""}',
    '{"\\u0000":1}',
    '"LEAD_COMPLETE"',
    '"NaN"',
    '"2026-02-30T25:61:61Z"',
  ],
  ...[
    "NaN",
    "Infinity",
    "undefined",
    "'x'",
    "01",
    "1.",
    "+1",
    "0x10",
    "[1,]",
    '{"a":1,}',
    "/**/1",
    "\u00a0",
    '"\t"',
    '"',
  ],
  `"${"x".repeat(70_000)}"`,
  `"${"ä".repeat(20_000)}"`,
  `[${"0,".repeat(3_000)}0]`,
  `{${Array.from({ length: 1_000 }, (_, i) => `"k${i}":${i}`).join()}}`,
);
const depths = fc
  .tuple(fc.constantFrom(["[", "]"], ['{"a":', "}"]), fc.constantFrom(9, 99, 100, 101, 1_000, 20_000))
  .map(([[open = "", close = ""], depth]) => `${open.repeat(depth)}1${close.repeat(depth)}`);
const anything = fc.jsonValue().map((value) => JSON.stringify(value));
const odd = fc.oneof(
  { weight: 8, arbitrary: spellings },
  { weight: 1, arbitrary: depths },
  { weight: 3, arbitrary: anything },
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

function replaced(value: unknown, [step, ...rest]: (string | number)[], by: unknown): unknown {
  if (step === undefined) return by;
  if (Array.isArray(value)) return value.map((one: unknown, index) => (index === step ? replaced(one, rest, by) : one));
  if (!isRecord(value)) return value;
  return { ...value, [step]: replaced(value[step], rest, by) };
}

const sample = fc.constantFrom(...samples);
const sampleBytes = fc.constantFrom(...sampleNames).map((name) => Buffer.from(readSample(name)));

/** Something else at one place of a sample, as it is spelt. */
const holed = sample
  .chain((whole) => fc.tuple(fc.constant(whole), fc.constantFrom(...places(whole)), odd))
  .map(([whole, path, by]) => Buffer.from(JSON.stringify(replaced(whole, path, HOLE)).replace(`"${HOLE}"`, () => by)));
/** A key said twice, the second time with something else. */
const doubled = fc.tuple(sampleBytes, fc.nat(), odd).map(([body, at, by]) => {
  const text = body.toString();
  const keys = [...text.matchAll(/"(\w+)"\s*:/g)];
  const key = keys[at % keys.length];
  return Buffer.from(`${text.slice(0, key?.index)}${key?.[0] ?? ""}${by},${text.slice(key?.index)}`);
});
const cut = fc.tuple(sampleBytes, fc.nat()).map(([body, at]) => body.subarray(0, at % body.length));
const flipped = fc
  .tuple(sampleBytes, fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 5 }))
  .map(([body, changes]) => {
    const changed = Buffer.from(body);
    for (const [at, byte] of changes) changed[at % changed.length] = byte;
    return changed;
  });
/** Bytes that are no UTF-8, in the middle of what people wrote. */
const garbled = fc
  .tuple(
    sampleBytes,
    fc.nat(),
    fc.constantFrom([0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0], [0x1b]),
  )
  .map(([body, at, bytes]) => {
    const quotes = [...body.keys()].filter((index) => body[index] === 0x22);
    const place = (quotes[at % quotes.length] ?? 0) + 1;
    return Buffer.concat([body.subarray(0, place), Buffer.from(bytes), body.subarray(place)]);
  });
const otherEncoding = fc.tuple(sampleBytes, fc.constantFrom("utf16le", "bom", "twice", "lines")).map(([body, how]) => {
  if (how === "utf16le") return Buffer.from(body.toString(), "utf16le");
  if (how === "bom") return Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body]);
  return how === "twice" ? Buffer.concat([body, body]) : Buffer.from(JSON.stringify(body.toString()));
});
const many = fc
  .tuple(
    fc.constantFrom(500, 2_000),
    odd.filter((text) => text.length < 60),
  )
  .map(([count, item]) => `{"object":"page","entry":[{"id":"9","messaging":[${`${item},`.repeat(count)}0]}]}`)
  .map((text) => Buffer.from(text));
const noise = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));

const body = fc.oneof(
  { weight: 60, arbitrary: holed },
  { weight: 12, arbitrary: doubled },
  { weight: 12, arbitrary: cut },
  { weight: 10, arbitrary: flipped },
  { weight: 8, arbitrary: garbled },
  { weight: 3, arbitrary: otherEncoding },
  { weight: 6, arbitrary: anything.map((text) => Buffer.from(text)) },
  { weight: 12, arbitrary: noise },
);

export function malformedBodies(seed: number, count: number): Buffer[] {
  // The largest are few: what they show they show once.
  return [...fc.sample(body, { seed, numRuns: count - 10 }), ...fc.sample(many, { seed, numRuns: 10 })];
}
