import { expect, test } from "vitest";
import { INSTAGRAM_INBOX_APP_ID, isLeadgen, isPageInbox, LEADGEN_APP_ID, PAGE_INBOX_APP_ID } from "./app-ids.ts";

test("the Page Inbox is known under both spellings and on Instagram", () => {
  for (const id of [PAGE_INBOX_APP_ID, "26390203743090", INSTAGRAM_INBOX_APP_ID]) expect(isPageInbox(id)).toBe(true);
  for (const id of [LEADGEN_APP_ID, "1122334455667788", "", null]) expect(isPageInbox(id)).toBe(false);
});

test("only one app asks the questions", () => {
  expect(isLeadgen("413038776280800")).toBe(true);
  expect(isLeadgen(PAGE_INBOX_APP_ID)).toBe(false);
  expect(isLeadgen(null)).toBe(false);
});
