import { expect, test } from "vitest";
import { readWindow } from "./read-window.ts";

test("a thread's row is read as a window, and an odd opener is refused", () => {
  const at = (hour: number) => new Date(Date.UTC(2026, 10, 22, hour));
  const times = { lastActionAt: at(1), firstAdMessageAt: at(2), probableActionAt: at(3), refusedAt: at(4) };
  expect(readWindow({ ...times, lastOpener: "message" }, true)).toEqual({
    ...times,
    opener: "message",
    hasHumanAgent: true,
  });
  expect(readWindow({ ...times, lastOpener: null }, false)).toMatchObject({ opener: null, hasHumanAgent: false });
  expect(() => readWindow({ ...times, lastOpener: "magic" }, true)).toThrow();
});
