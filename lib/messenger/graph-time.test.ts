import { expect, test } from "vitest";
import { readGraphTime } from "./graph-time.ts";

test("a time is read as Graph writes it, here as text, there as seconds", () => {
  const moment = new Date("2026-11-20T10:05:17Z");
  expect(readGraphTime("2026-11-20T10:05:17+0000")).toEqual(moment);
  expect(readGraphTime("2026-11-20T11:05:17+01:00")).toEqual(moment);
  expect(readGraphTime("2026-11-20T10:05:17.000Z")).toEqual(moment);
  expect(readGraphTime(moment.getTime() / 1000)).toEqual(moment);
  expect(readGraphTime(String(moment.getTime() / 1000))).toEqual(moment);
});

test("what names no moment is none", () => {
  for (const value of [0, "0", null, undefined, "", "yesterday", "2026-13-40T10:05:17+0000", {}])
    expect(readGraphTime(value)).toBeNull();
});
