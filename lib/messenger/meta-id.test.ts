import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readAdId, readMetaId } from "./meta-id.ts";

describe("readMetaId", () => {
  test.each([
    ["104411223344556", "104411223344556"],
    [104411223344556, "104411223344556"],
    [0, "0"],
    ["m_UserTextExample01", "m_UserTextExample01"],
    ["mid.$cAAJ:+/=", "mid.$cAAJ:+/="],
    [" 17 ", "17"],
    ["x".repeat(512), "x".repeat(512)],
    ["一".repeat(170), "一".repeat(170)],
  ])("reads %j", (value, id) => {
    expect(readMetaId(value)).toBe(id);
  });

  test.each([
    [""],
    ["  "],
    ["x".repeat(513)],
    ["一".repeat(171)],
    ["a\u0000b"],
    ["a\nb"],
    ["a\ud83d"],
    [-5],
    [1.5],
    [2 ** 53],
    [Number.NaN],
    [Number.POSITIVE_INFINITY],
    [true],
    [null],
    [undefined],
    [{}],
    [["1"]],
  ])("reads no id from %j", (value) => {
    expect(readMetaId(value)).toBeNull();
  });

  test("reads a number and its digits as the same id", () => {
    fc.assert(
      fc.property(fc.nat({ max: Number.MAX_SAFE_INTEGER }), (number) => {
        expect(readMetaId(number)).toBe(readMetaId(String(number)));
      }),
    );
  });
});

test("an ad id of 0 means no ad", () => {
  expect(readAdId(0)).toBeNull();
  expect(readAdId("0")).toBeNull();
  expect(readAdId("120231004567890123")).toBe("120231004567890123");
});
