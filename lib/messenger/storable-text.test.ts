import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readText, storableText } from "./storable-text.ts";

describe("storableText", () => {
  test("shows NUL as a picture of it and half a surrogate pair as U+FFFD", () => {
    expect(storableText("Mia\u0000Muster")).toBe("Mia␀Muster");
    expect(storableText("\ud83d and \udca1 and 💡")).toBe("\uFFFD and \uFFFD and 💡");
  });

  test("changes nothing else", () => {
    const text = "Line\r\nשלום\u202e\u0001\uFEFF 👩‍👩‍👧 ";
    expect(storableText(text)).toBe(text);
  });

  test("gives text that survives UTF-8 and holds no NUL, for any string", () => {
    const anyText = fc.string({ unit: fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code)) });
    fc.assert(
      fc.property(anyText, fc.integer({ min: 0xd800, max: 0xdfff }), (text, half) => {
        const stored = storableText(`${text}\u0000${String.fromCharCode(half)}x`);
        expect(Buffer.from(stored, "utf8").toString("utf8")).toBe(stored);
        expect(stored).not.toContain("\u0000");
      }),
    );
  });
});

test("readText reads numbers and booleans as they are written, and no text from anything else", () => {
  expect(readText("")).toBe("");
  expect(readText(70173)).toBe("70173");
  expect(readText(false)).toBe("false");
  for (const value of [null, undefined, {}, ["x"]]) expect(readText(value)).toBeNull();
});
