import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { eventTime, notAfter, readMetaTime } from "./meta-time.ts";

const AT = new Date("2026-11-22T10:00:00Z");
const SECONDS = AT.getTime() / 1000;

describe("readMetaTime", () => {
  test.each([
    ["seconds", SECONDS],
    ["milliseconds", SECONDS * 1000],
    ["microseconds", SECONDS * 1_000_000],
    ["seconds in a string", String(SECONDS)],
    ["milliseconds in a string", String(SECONDS * 1000)],
    ["microseconds in a string, as a long integer arrives", String(SECONDS * 1_000_000)],
    ["seconds with a fraction", SECONDS + 0.0001],
  ])("reads %s", (_, value) => {
    expect(readMetaTime(value)).toEqual(AT);
  });

  test.each([
    [0],
    [-SECONDS],
    [1],
    [12345],
    [Number.NaN],
    [Number.POSITIVE_INFINITY],
    [1e300],
    [""],
    ["soon"],
    ["-1795341598"],
    ["1e9"],
    ["0x6b0"],
    ["2026-11-22T10:00:00Z"],
    ["9".repeat(30)],
    [null],
    [undefined],
    [true],
    [{}],
    [[SECONDS]],
  ])("reads no time from %j", (value) => {
    expect(readMetaTime(value)).toBeNull();
  });

  test("tells the units apart by size, at these edges", () => {
    expect(readMetaTime(1e11 - 1)).toEqual(new Date((1e11 - 1) * 1000));
    expect(readMetaTime(1e14)).toEqual(new Date(1e14));
    // The same sizes read in the unit beyond the edge are moments long before Messenger.
    expect(readMetaTime(1e11)).toBeNull();
    expect(readMetaTime(9e14)).toBeNull();
  });

  test("reads the same moment from every unit", () => {
    const anySecond = fc.integer({ min: Date.UTC(2015, 0, 1) / 1000, max: Date.UTC(2100, 0, 1) / 1000 });
    fc.assert(
      fc.property(anySecond, (second) => {
        const moment = new Date(second * 1000);
        for (const value of [second, second * 1e3, second * 1e6]) {
          expect(readMetaTime(value)).toEqual(moment);
          expect(readMetaTime(String(value))).toEqual(moment);
        }
      }),
    );
  });
});

describe("eventTime", () => {
  const receivedAt = new Date(AT.getTime() + 1000);

  test("takes the first candidate that names a moment", () => {
    expect(eventTime([SECONDS, 1], receivedAt)).toEqual(AT);
    expect(eventTime([undefined, SECONDS * 1000], receivedAt)).toEqual(AT);
    expect(eventTime([Number.NaN, "x", -1, SECONDS], receivedAt)).toEqual(AT);
  });

  test("falls back to the time of receipt", () => {
    expect(eventTime([undefined, null, "never"], receivedAt)).toBe(receivedAt);
  });

  test("believes a clock that is up to five minutes ahead, and not a millisecond more", () => {
    const limit = receivedAt.getTime() + 5 * 60_000;
    expect(eventTime([limit], receivedAt)).toEqual(new Date(limit));
    expect(eventTime([limit + 1], receivedAt)).toBe(receivedAt);
    expect(eventTime(["9".repeat(18)], receivedAt)).toBe(receivedAt);
    expect(notAfter(receivedAt, AT)).toBe(AT);
  });
});
