import { describe, expect, test } from "vitest";
import { spanLeft, windowLeft } from "./window-left.ts";

const now = new Date("2026-03-01T12:00:00Z");
const inHours = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
const none = { freeUntil: null, probableUntil: null, humanUntil: null };

describe("the window of a line in the list", () => {
  test("is the first phase that has not ended", () => {
    expect(windowLeft({ freeUntil: inHours(3), probableUntil: inHours(100), humanUntil: inHours(150) }, now)).toEqual({
      phase: "free",
      end: inHours(3),
      isClosing: false,
    });
    expect(windowLeft({ freeUntil: inHours(-1), probableUntil: null, humanUntil: inHours(100) }, now)).toMatchObject({
      phase: "human",
    });
  });
  test("closes with the instant of its end", () => {
    expect(windowLeft({ ...none, freeUntil: now }, now)).toEqual({ phase: "closed" });
    expect(windowLeft(none, now)).toEqual({ phase: "closed" });
  });
  test("is closing within its last two hours", () => {
    expect(windowLeft({ ...none, freeUntil: inHours(2) }, now)).toMatchObject({ isClosing: true });
    expect(windowLeft({ ...none, freeUntil: inHours(2.01) }, now)).toMatchObject({ isClosing: false });
  });
});

describe("what is left in words", () => {
  test("counts hours and minutes, then days", () => {
    expect(spanLeft(inHours(23.99), now)).toEqual({ hours: 23, minutes: "59" });
    expect(spanLeft(inHours(0.05), now)).toEqual({ hours: 0, minutes: "03" });
    expect(spanLeft(inHours(6.5 * 24), now)).toEqual({ days: 6 });
    expect(spanLeft(inHours(-1), now)).toEqual({ hours: 0, minutes: "00" });
  });
});
