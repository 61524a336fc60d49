import { expect, test } from "vitest";
import { missingFields, subscriptionFields, withMissingFields } from "./subscription-fields.ts";

test("what is missing is added, and what others want stays", () => {
  expect(missingFields([], "page")).toEqual(subscriptionFields.page);
  expect(missingFields(subscriptionFields.page, "page")).toEqual([]);
  const have = ["feed", ...subscriptionFields.page.filter((field) => field !== "standby")];
  expect(missingFields(have, "page")).toEqual(["standby"]);
  expect(withMissingFields(have, "page")).toEqual([...have, "standby"]);
});

test("each platform has its own spelling", () => {
  expect(subscriptionFields.page).toContain("messaging_handovers");
  expect(subscriptionFields.instagram).toContain("messaging_handover");
  expect(missingFields(subscriptionFields.page, "instagram")).toContain("messaging_seen");
});

test("no thumbs are put under every message", () => {
  expect(subscriptionFields.page).not.toContain("response_feedback");
});
