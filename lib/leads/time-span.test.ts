import { describe, expect, test } from "vitest";
import { isMoment, timeSpan } from "./time-span.ts";

const hours = (span: { from: Date | null; to: Date | null }) =>
  span.from && span.to ? (span.to.getTime() - span.from.getTime()) / 3_600_000 : null;
const day = (date: string, zone: string) => timeSpan({ from: date, to: date }, zone);

describe("a date", () => {
  test("is the viewer's whole day", () => {
    expect(day("2026-11-22", "America/New_York")).toEqual({
      from: new Date("2026-11-22T05:00:00Z"),
      to: new Date("2026-11-23T05:00:00Z"),
    });
  });

  test("has 23 hours when clocks go forward and 25 when they go back", () => {
    expect(hours(day("2026-03-29", "Europe/Berlin"))).toBe(23);
    expect(hours(day("2026-10-25", "Europe/Berlin"))).toBe(25);
    expect(hours(day("2026-09-06", "America/Santiago"))).toBe(23);
    expect(hours(day("2026-11-22", "Europe/Berlin"))).toBe(24);
  });

  test("ends where the next begins, over the year's end too", () => {
    expect(day("2026-12-31", "Europe/Berlin").to).toEqual(day("2027-01-01", "Europe/Berlin").from);
    expect(day("2028-02-28", "UTC").to).toEqual(new Date("2028-02-29T00:00:00Z"));
  });

  test("that a zone left out has no time in it", () => {
    expect(hours(day("2011-12-30", "Pacific/Apia"))).toBe(0);
  });
});

describe("a time", () => {
  test("is exact, and itself inside", () => {
    expect(timeSpan({ from: "2026-11-22T10:00:00Z", to: "2026-11-22T11:00:00.500+01:00" }, "Asia/Tokyo")).toEqual({
      from: new Date("2026-11-22T10:00:00Z"),
      to: new Date("2026-11-22T10:00:00.501Z"),
    });
  });

  test("without an offset is the viewer's", () => {
    expect(timeSpan({ from: "2026-11-22T10:00", to: null }, "Asia/Tokyo").from).toEqual(
      new Date("2026-11-22T01:00:00Z"),
    );
  });

  test.each([
    ["2026-11-22t10:05:06.1z", "2026-11-22T10:05:06.100Z"],
    ["2026-11-22T10:05:06.1234567Z", "2026-11-22T10:05:06.123Z"],
    ["2026-11-22T10:05:06-0330", "2026-11-22T13:35:06Z"],
    ["2026-11-22T10:05+14:00", "2026-11-21T20:05:00Z"],
    ["2026-11-22T23:59:59-14:00", "2026-11-23T13:59:59Z"],
    ["1970-01-01T00:00Z", "1970-01-01T00:00:00Z"],
    ["9998-12-31T23:59Z", "9998-12-31T23:59:00Z"],
  ])("%s is %s", (text, instant) => {
    expect(timeSpan({ from: text, to: text }, "Asia/Tokyo")).toEqual({
      from: new Date(instant),
      to: new Date(new Date(instant).getTime() + 1),
    });
  });

  test("that is none leaves its end open", () => {
    expect(timeSpan({ from: "x", to: "2026-02-30" }, "UTC")).toEqual({ from: null, to: null });
  });
});

test("an open end stays open", () => {
  expect(timeSpan({ from: null, to: null }, "UTC")).toEqual({ from: null, to: null });
});

test.each([
  "2026-02-29",
  "2026-13-01",
  "2026-00-10",
  "2026-11-31",
  "2026-11-22T24:00",
  "2026-11-22T10:00+15:00",
  "0001-01-01",
  "22.11.2026",
  "yesterday",
  "",
  "2026-11-22 ",
  "2026-11-22T10",
  "2026-11-22T10:60",
  "2026-11-22T10:00:60",
  "2026-11-22T10:00-14:01",
  "1969-12-31",
  "9999-01-01",
  "x2026-11-22",
])("%j is no moment", (text) => {
  expect(isMoment(text)).toBe(false);
});

test.each(["2028-02-29", "2026-11-22", "2026-11-22T10:00", "2026-11-22T10:00:00.123456Z", "2026-11-22T10:00:00-0330"])(
  "%j is one",
  (text) => {
    expect(isMoment(text)).toBe(true);
  },
);
