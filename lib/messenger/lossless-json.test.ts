import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseLosslessJson } from "./lossless-json.ts";

describe("parseLosslessJson", () => {
  test("keeps integers of 16 digits and more as their digits", () => {
    expect(parseLosslessJson('{"ad_id":120231004567890123,"list":[1122334455667788, -1122334455667788]}')).toEqual({
      ad_id: "120231004567890123",
      list: ["1122334455667788", "-1122334455667788"],
    });
  });

  test("leaves shorter integers, fractions and exponents numbers", () => {
    expect(
      parseLosslessJson("[104411223344556, 1.2345678901234567, 12345678901234567.5, 12345678901234567e2, 1e400]"),
    ).toEqual([
      104411223344556,
      1.2345678901234567,
      Number("12345678901234567.5"),
      Number("12345678901234567e2"),
      Number.POSITIVE_INFINITY,
    ]);
  });

  test("leaves digits inside strings alone, whatever is escaped before them", () => {
    const text = String.raw`{"a":"1234567890123456789","b\"":"say \"1234567890123456789\" \\","c":"\\","d":1234567890123456789}`;
    expect(parseLosslessJson(text)).toEqual({
      a: "1234567890123456789",
      'b"': 'say "1234567890123456789" \\',
      c: "\\",
      d: "1234567890123456789",
    });
  });

  test("reads a lone long integer, an empty string and null", () => {
    expect(parseLosslessJson("1234567890123456789")).toBe("1234567890123456789");
    expect(parseLosslessJson('""')).toBe("");
    expect(parseLosslessJson("null")).toBeNull();
  });

  test.each([
    "",
    " ",
    "{",
    "[1,]",
    "{a:1}",
    '"open',
    "01234567890123456789",
    "[1234567890123456 7]",
    "nul",
    "]",
    "}{",
    "\\",
  ])("answers null for %j, which is not JSON", (text) => {
    expect(parseLosslessJson(text)).toBeNull();
  });

  test("ignores a byte order mark, in bytes and in text", () => {
    expect(parseLosslessJson(Buffer.from('\uFEFF{"a":1}'))).toEqual({ a: 1 });
    expect(parseLosslessJson('\uFEFF{"a":1}')).toEqual({ a: 1 });
  });

  test("shows bytes that are not UTF-8 as U+FFFD", () => {
    const bytes = Buffer.concat([Buffer.from('{"a":"x'), Buffer.from([0xff, 0xc3]), Buffer.from('y"}')]);
    expect(parseLosslessJson(bytes)).toEqual({ a: "x\uFFFD\uFFFDy" });
  });

  test("reads what is nested too deeply as null and keeps its neighbours", () => {
    const deep = `${'[{"a":'.repeat(50_000)}"]}"${"}]".repeat(50_000)}`;
    const read = parseLosslessJson(`{"before":1,"deep":${deep},"after":1234567890123456789}`);
    expect(read).toMatchObject({ before: 1, after: "1234567890123456789" });
    expect(JSON.stringify(read).length).toBeLessThan(1000);
  });

  test("reads a hundred levels, and the next as null", () => {
    const nested = (levels: number) => `${"[".repeat(levels)}7${"]".repeat(levels)}`;
    expect(JSON.stringify(parseLosslessJson(nested(100)))).toBe(nested(100));
    expect(JSON.stringify(parseLosslessJson(nested(101)))).toBe(nested(100).replace("7", "null"));
    const keyed = (levels: number) => `${'{"a":'.repeat(levels)}7${"}".repeat(levels)}`;
    expect(JSON.stringify(parseLosslessJson(keyed(100)))).toBe(keyed(100));
    expect(JSON.stringify(parseLosslessJson(keyed(101)))).toBe(keyed(100).replace("7", "null"));
    // What was closed counts no more.
    expect(parseLosslessJson(`[${"[],".repeat(200)}${"{},".repeat(200)}1]`)).toHaveLength(401);
  });

  test("skips strings in what lies too deep, whatever brackets they hold", () => {
    const inner = '["]", "}", "\\"]", {"a":1}]';
    const text = `${"[".repeat(100)}${inner}${"]".repeat(100)}`;
    expect(JSON.stringify(parseLosslessJson(text))).toBe(`${"[".repeat(100)}null${"]".repeat(100)}`);
  });

  test.each([
    ["[1E400,123456789012345678]", [Number.POSITIVE_INFINITY, "123456789012345678"]],
    ["[1234567890123456e+2]", [1234567890123456e2]],
    ["[1234567890123456E-2]", [12345678901234.56]],
    ["[999999999999999,1000000000000000]", [999999999999999, "1000000000000000"]],
    ["[-0,0,-1]", [-0, 0, -1]],
  ])("reads the numbers of %s", (text, expected) => expect(parseLosslessJson(text)).toEqual(expected));

  test("reads what follows many deep values as if they were not there", () => {
    const deep = `${"[".repeat(300)}"]"${"]".repeat(300)}`;
    expect(parseLosslessJson(`[${`${deep},`.repeat(200)}{"a":{"b":[1]}}]`)).toMatchObject({ 200: { a: { b: [1] } } });
  });

  test("answers null for nesting that never ends", () => {
    expect(parseLosslessJson("[".repeat(1_000_000))).toBeNull();
    expect(parseLosslessJson(`{"a":${"[".repeat(1_000_000)}`)).toBeNull();
  });

  test("does not let a body reach the prototype of objects", () => {
    const read = parseLosslessJson('{"__proto__":{"polluted":true}}');
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
    expect("polluted" in {}).toBe(false);
  });

  test("reads any JSON without long integers exactly as JSON.parse does", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8 }), fc.constantFrom(0, 1, 2), (json, indent) => {
        const text = JSON.stringify(JSON.parse(json), null, indent);
        fc.pre(!/\d{16}/.test(text));
        expect(parseLosslessJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  test("never throws, whatever the bytes", () => {
    const jsonLike = fc.string({ unit: fc.constantFrom(...'[]{}",:\\-0123456789eE.+ntfu \n\u0000é'), maxLength: 200 });
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void parseLosslessJson(bytes)));
    fc.assert(fc.property(jsonLike, (text) => void parseLosslessJson(text)));
  });
});
