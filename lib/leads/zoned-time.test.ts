import { describe, expect, test } from "vitest";
import { instantOf, isTimeZone, zonedIso } from "./zoned-time.ts";

const wall = (year: number, month: number, day: number, hour = 0, minute = 0) => ({
  year,
  month,
  day,
  hour,
  minute,
  second: 0,
  millisecond: 0,
});

describe("a zone", () => {
  test.each(["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+5"])("%s is known", (zone) => {
    expect(isTimeZone(zone)).toBe(true);
  });

  test.each(["", "Mars/Olympus", "../etc/passwd", "Europe/Berlin\r\nx: y", "+01:00", "x".repeat(200)])(
    "%j is not",
    (zone) => {
      expect(isTimeZone(zone)).toBe(false);
    },
  );
});

describe("the instant of a wall clock", () => {
  test("follows summer and winter", () => {
    expect(instantOf(wall(2026, 7, 1), "Europe/Berlin").toISOString()).toBe("2026-06-30T22:00:00.000Z");
    expect(instantOf(wall(2026, 12, 1), "Europe/Berlin").toISOString()).toBe("2026-11-30T23:00:00.000Z");
  });

  test("that comes twice is the first", () => {
    expect(instantOf(wall(2026, 10, 25, 2, 30), "Europe/Berlin").toISOString()).toBe("2026-10-25T00:30:00.000Z");
  });

  test("that never comes is as far after the gap as it was into it", () => {
    expect(instantOf(wall(2026, 3, 29, 2, 30), "Europe/Berlin").toISOString()).toBe("2026-03-29T01:30:00.000Z");
  });

  test("of a day without midnight is the day's first", () => {
    // Santiago's clocks jump from 24:00 to 01:00.
    expect(instantOf(wall(2026, 9, 6), "America/Santiago").toISOString()).toBe("2026-09-06T04:00:00.000Z");
  });

  test("overflowing days roll on", () => {
    expect(instantOf(wall(2026, 12, 32), "UTC").toISOString()).toBe("2027-01-01T00:00:00.000Z");
  });
});

describe("an instant written for a zone", () => {
  test.each([
    ["UTC", "2026-11-22T21:30:00.123+00:00"],
    ["Europe/Berlin", "2026-11-22T22:30:00.123+01:00"],
    ["America/St_Johns", "2026-11-22T18:00:00.123-03:30"],
    ["Asia/Kathmandu", "2026-11-23T03:15:00.123+05:45"],
    ["Pacific/Kiritimati", "2026-11-23T11:30:00.123+14:00"],
  ])("%s", (zone, text) => {
    const instant = new Date("2026-11-22T21:30:00.123Z");
    expect(zonedIso(instant, zone)).toBe(text);
    expect(new Date(text)).toEqual(instant);
  });

  test("tells the two two-thirties of autumn apart", () => {
    expect(zonedIso(new Date("2026-10-25T00:30:00Z"), "Europe/Berlin")).toBe("2026-10-25T02:30:00.000+02:00");
    expect(zonedIso(new Date("2026-10-25T01:30:00Z"), "Europe/Berlin")).toBe("2026-10-25T02:30:00.000+01:00");
  });
});
