import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inSentence, safeHref, textParts } from "./text-parts.ts";

const shown = (text: string) =>
  textParts(text)
    .map((part) => (part.kind === "mark" ? `[${part.code}]` : part.text))
    .join("");

describe("textParts", () => {
  test("links https and leaves the full stop outside", () => {
    expect(textParts("See https://example.org/a?b=1. Bye")).toEqual([
      { kind: "text", text: "See " },
      { kind: "link", text: "https://example.org/a?b=1", href: "https://example.org/a?b=1" },
      { kind: "text", text: ". Bye" },
    ]);
  });

  test.each([
    "http://example.org",
    "javascript:alert(1)",
    "data:text/html,x",
    "https://bank.example@evil.example/",
    "https://",
  ])("shows %s as plain text", (text) => expect(textParts(text)).toEqual([{ kind: "text", text }]));

  test("makes turning and hidden characters visible", () => {
    expect(shown("pay\u202egnp.exe\u0007\u200b")).toBe("pay[U+202E]gnp.exe[U+0007][U+200B]");
  });

  test("keeps line breaks, tabs, joined emoji, flags and Persian joiners", () => {
    const text = "a\n\tb 👩‍👩‍👧 👍🏽 🏴󠁧󠁢󠁥󠁮󠁧󠁿 می‌خواهم ❤️";
    expect(textParts(text)).toEqual([{ kind: "text", text }]);
  });

  test("shows a joiner that hides inside a Latin word", () => {
    expect(shown("pay\u200cpal")).toBe("pay[U+200C]pal");
  });

  test("never links anything but https and never loses a visible letter", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        for (const part of textParts(text)) {
          if (part.kind === "link") expect(part.href).toMatch(/^https:\/\//u);
        }
        const kept = textParts(text)
          .map((part) => (part.kind === "mark" ? "" : part.text))
          .join("");
        expect(kept.length).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});

test("safeHref refuses hidden characters inside an address", () => {
  expect(safeHref("https://example.org/\u202e")).toBeNull();
  expect(safeHref("https://example.org")).toBe("https://example.org/");
});

test("a name inside a sentence hides nothing and turns nothing around", () => {
  expect(inSentence("Ana\u202e Keller")).toBe("Ana[U+202E] Keller");
  expect(inSentence("محمد")).toBe("\u2068محمد\u2069");
  expect(inSentence("Ana Keller")).toBe("Ana Keller");
});
