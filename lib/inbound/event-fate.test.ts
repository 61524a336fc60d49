import { describe, expect, test } from "vitest";
import { firstFate, repeatedFate, takenUpAgain } from "./event-fate.ts";

describe("an event whose key is new", () => {
  test.each([
    ["message", true, "applied"],
    ["message", false, "waiting"],
    ["unknown", true, "ignored"],
    ["unknown", false, "ignored"],
    ["test", true, "applied"],
    ["test", false, "applied"],
  ] as const)("%s for a connected page (%s) is %s", (kind, isConnected, fate) => {
    expect(firstFate(kind, isConnected)).toBe(fate);
  });
});

describe("an event whose key was there", () => {
  test.each([
    ["message", "waiting", true, "applied"],
    ["message", "parked", true, "applied"],
    ["message", "waiting", false, "duplicate"],
    ["message", "applied", true, "duplicate"],
    ["message", "ignored", true, "duplicate"],
    ["unknown", "parked", true, "duplicate"],
  ] as const)("%s that was %s, for a connected page (%s), is %s", (kind, state, isConnected, fate) => {
    expect(repeatedFate(kind, state, isConnected)).toBe(fate);
  });

  test("is taken up again only where it was set aside", () => expect(takenUpAgain).toEqual(["waiting", "parked"]));
});
