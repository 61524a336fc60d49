import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { asciiJson } from "./ascii-json.ts";
import { isProof, signature } from "./sign.ts";

describe("the body on the wire", () => {
  test("is ASCII, with slashes, at signs and percent signs escaped as Meta escapes them", () => {
    expect(asciiJson({ a: "ä/@%" })).toBe('{"a":"\\u00e4\\/\\u0040\\u0025"}');
    expect(asciiJson("☀️ 🌻")).toBe('"\\u2600\\ufe0f \\ud83c\\udf3b"');
    expect(asciiJson('quote " and \\ and \n')).toBe('"quote \\" and \\\\ and \\n"');
  });

  test("reads back as what was meant", () => {
    const value = { text: "„Gemütlich“ 100 % & a@b.example / \u0000 دنيا", list: [1, null, true, { deep: "ß" }] };
    expect(JSON.parse(asciiJson(value))).toEqual(value);
  });

  test("carries ids too long for a double as bare numbers, and leaves out what is undefined", () => {
    expect(asciiJson({ ad_id: 120231004567890123n, none: undefined })).toBe('{"ad_id":120231004567890123}');
  });

  test("keeps lone surrogates as escapes", () => {
    expect(asciiJson("\ud83c")).toBe('"\\ud83c"');
  });
});

describe("signatures", () => {
  test("cover exactly the bytes", () => {
    const body = asciiJson({ text: "für dich" });
    const expected = createHmac("sha256", "s3").update(Buffer.from(body)).digest("hex");
    expect(signature(body, "s3")).toBe(`sha256=${expected}`);
    expect(signature(JSON.stringify(JSON.parse(body)), "s3")).not.toBe(`sha256=${expected}`);
  });

  test("a proof holds for any of the app's secrets and no other", () => {
    const proof = createHmac("sha256", "new").update("token").digest("hex");
    expect(isProof(proof, "token", ["old", "new"])).toBe(true);
    expect(isProof(proof, "token", ["old"])).toBe(false);
    expect(isProof("short", "token", ["new"])).toBe(false);
  });
});
