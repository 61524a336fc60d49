import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { attachmentHeader, safeFileName } from "./file-name.ts";

describe("a file's name", () => {
  test.each([
    ["roof plan.pdf", "application/pdf", "roof plan.pdf"],
    ["C:\\Users\\ada\\offer.pdf", "application/pdf", "offer.pdf"],
    ["../../etc/passwd", "text/plain", "passwd"],
    [".htaccess", "text/plain", "htaccess"],
    ["photo\u202Egnp.exe", null, "photognp.exe"],
    ["a\r\nset-cookie: b", null, "aset-cookie b"],
    ["", "image/png", "picture"],
    ["\u200b", null, "file"],
    [`${"x".repeat(200)}.pdf`, "application/pdf", `${"x".repeat(96)}.pdf`],
  ])("%j becomes one that is only a name", (given, type, expected) => expect(safeFileName(given, type)).toBe(expected));

  test("stands in a header without ending it, and is read back as it was", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (given) => {
        const name = safeFileName(given, null);
        const header = attachmentHeader(name);
        expect(header).toMatch(/^attachment; filename="[\w.\- ]+"; filename\*=UTF-8''[!-~]+$/);
        expect(decodeURIComponent(header.split("''")[1] ?? "")).toBe(name);
      }),
    );
  });
});
