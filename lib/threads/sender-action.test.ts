import { expect, test } from "vitest";
import { reactionsOf } from "./sender-action.ts";

test("Instagram takes the heart alone, Messenger takes it too", () => {
  expect(reactionsOf("instagram")).toEqual(["❤"]);
  expect(reactionsOf("messenger")).toContain("❤");
  expect(new Set(reactionsOf("messenger")).size).toBe(7);
});
