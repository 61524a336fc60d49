import { expect, test } from "vitest";
import { formatLeadRef, leadRef, parseLeadRef } from "./lead-ref.ts";

const id = "0192f7c1-5b1e-7abc-8def-0123456789ab";

test("a reference survives being written and read", () => {
  const ref = { pageId: "104411223344556", id };
  expect(parseLeadRef(formatLeadRef(ref))).toEqual(ref);
});

test("the id is read in either case and means one lead", () => {
  expect(parseLeadRef(`1.${id.toUpperCase()}`)).toEqual({ pageId: "1", id });
});

test.each([
  "",
  ".",
  id,
  `.${id}`,
  "104411223344556.",
  "104411223344556.1",
  `x.${id}`,
  `1.${id}.1`,
  `1.${id}\n`,
  ` 1.${id}`,
  `-1.${id}`,
  `${"9".repeat(33)}.${id}`,
])("%j is no reference", (text) => {
  expect(parseLeadRef(text)).toBeNull();
  expect(leadRef.safeParse(text).success).toBe(false);
});

test("an action's reference is read as the address bar's", () => {
  expect(leadRef.parse(`1.${id}`)).toEqual({ pageId: "1", id });
});
