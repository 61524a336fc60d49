import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Platform, splitText, textSize } from "./reply-text.ts";

const platforms: Platform[] = ["messenger", "instagram"];
const max = { messenger: 2000, instagram: 1000 };

describe("any text", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ". ",
      "! ",
      "\n\n",
      "\n",
      " ",
      "   ",
      "\r\n",
      "…",
      "。",
      "👍🏽",
      "🇩🇪",
      "e\u0301",
      " \u0301",
      "ß",
      "“ja.” ",
    ),
    fc.string({ unit: "grapheme", maxLength: 40 }),
    fc.integer({ min: 1, max: 900 }).map((length) => "m".repeat(length)),
  );
  const anyText = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join("").toWellFormed());

  test.each(platforms)("is what its parts make together, each of them fit to send (%s)", (platform) => {
    fc.assert(
      fc.property(anyText, (text) => {
        const parts = splitText(text, platform);
        expect(parts.join("")).toBe(text);
        const isShort = parts.length === 1;
        for (const part of parts) {
          expect(textSize(part, platform)).toBeLessThanOrEqual(max[platform]);
          expect(part.isWellFormed()).toBe(true);
          if (!isShort) expect(part.trim()).not.toBe("");
        }
        const starts = new Set([...new Intl.Segmenter().segment(text)].map(({ index }) => index));
        let place = 0;
        for (const part of parts.slice(0, -1)) {
          place += part.length;
          expect(starts.has(place)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
