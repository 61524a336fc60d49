import { expect, test } from "vitest";
import { firstResponseSeconds } from "./first-response.ts";

const lead = new Date("2026-11-22T12:00:00.000Z");

test.each([
  ["2026-11-22T12:00:00.000Z", 0],
  ["2026-11-22T12:01:40.999Z", 100],
])("a response at %s took %i whole seconds", (at, seconds) => {
  expect(firstResponseSeconds(lead, new Date(at))).toBe(seconds);
});

test("a response within the second the lead's clock is coarse took none", () => {
  expect(firstResponseSeconds(lead, new Date(lead.getTime() - 1))).toBe(0);
});

test("without a response there is no time to tell", () => {
  expect(firstResponseSeconds(lead, null)).toBeNull();
});
