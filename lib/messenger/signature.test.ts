import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isSignedByMeta } from "./signature.ts";

const SECRET = "an-app-secret";

function sign(body: Uint8Array, secret = SECRET): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}

/** How Meta writes JSON: nothing but ASCII, and some of that escaped as well. */
function asMetaWrites(json: string): string {
  return json
    .replaceAll("/", "\\/")
    .replace(/[@%<>]|[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

const body = Buffer.from(
  asMetaWrites('{"mail":"k.muster@example.org","url":"https://example.org/ä","smile":"💡","rate":"5%"}'),
);

describe("isSignedByMeta", () => {
  test("accepts the bytes Meta signed, escapes and all", () => {
    expect(body.toString()).toContain("\\u00e4");
    expect(body.toString()).toContain("\\u0040");
    expect(isSignedByMeta(body, sign(body), [SECRET])).toBe(true);
  });

  test("refuses the same JSON written again", () => {
    const again = Buffer.from(JSON.stringify(JSON.parse(body.toString())));
    expect(isSignedByMeta(again, sign(body), [SECRET])).toBe(false);
  });

  test("accepts either of two secrets while one replaces the other", () => {
    expect(isSignedByMeta(body, sign(body, "old"), ["new", "old"])).toBe(true);
    expect(isSignedByMeta(body, sign(body, "new"), ["new", "old"])).toBe(true);
    expect(isSignedByMeta(body, sign(body, "older"), ["new", "old"])).toBe(false);
  });

  test("never accepts an empty secret, which anybody has", () => {
    expect(isSignedByMeta(body, sign(body, ""), [""])).toBe(false);
    expect(isSignedByMeta(body, sign(body), [])).toBe(false);
  });

  const sha1 = `sha1=${createHmac("sha1", SECRET).update(body).digest("hex")}`;
  test.each([
    ["missing", null],
    ["empty", ""],
    ["SHA-1", sha1],
    ["without its name", sign(body).slice(7)],
    ["too short", sign(body).slice(0, -1)],
    ["too long", `${sign(body)}0`],
    ["in capitals", sign(body).toUpperCase()],
    ["followed by a line break", `${sign(body)}\n`],
    ["not hexadecimal", `sha256=${"z".repeat(64)}`],
    ["two in one", `${sign(body)}, ${sign(body)}`],
  ])("refuses a header that is %s", (_, header) => {
    expect(isSignedByMeta(body, header, [SECRET])).toBe(false);
  });

  test("accepts any bytes as they are and refuses them with one bit changed", () => {
    const change = fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.nat(), fc.integer({ min: 0, max: 7 }));
    fc.assert(
      fc.property(change, ([bytes, at, bit]) => {
        const header = sign(bytes);
        expect(isSignedByMeta(bytes, header, [SECRET])).toBe(true);
        const changed = bytes.map((byte, index) => (index === at % bytes.length ? byte ^ (1 << bit) : byte));
        expect(isSignedByMeta(changed, header, [SECRET])).toBe(false);
      }),
    );
  });
});
