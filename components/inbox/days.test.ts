import { expect, test } from "vitest";
import { dayIn } from "./days.ts";

test("today is the viewer's day, not the server's", () => {
  const now = new Date("2026-03-01T00:30:00Z");
  expect(dayIn("America/New_York", now, 0)).toBe("2026-02-28");
  expect(dayIn("Europe/Berlin", now, 0)).toBe("2026-03-01");
  expect(dayIn("Europe/Berlin", now, -6)).toBe("2026-02-23");
});
