import { describe, expect, test } from "vitest";
import { isPagesFault, type PageRefusal, type Refusal, readPageRefusal } from "./page-refusal.ts";

const nothing: PageRefusal = { trouble: null, isCheckDue: false };
const look: PageRefusal = { trouble: null, isCheckDue: true };

describe("a refusal of Meta's", () => {
  test.each<[Refusal, PageRefusal, isPagesFault: boolean]>([
    [
      { class: "auth", word: "tokenInvalid", subcode: 463 },
      { trouble: { kind: "revoked", reason: "tokenInvalid" }, isCheckDue: true },
      true,
    ],
    [
      { class: "policy", word: "pageRestricted", subcode: null },
      { trouble: { kind: "restricted", reason: "pageRestricted" }, isCheckDue: false },
      true,
    ],
    [
      { class: "permission", word: "permissionMissing", subcode: 2018028 },
      { trouble: { kind: "test_only", reason: "permissionMissing" }, isCheckDue: false },
      false,
    ],
    [
      { class: "permission", word: "contactTermsMissing", subcode: null },
      { trouble: { kind: "missing_permission", reason: "contact_terms" }, isCheckDue: false },
      false,
    ],
    [{ class: "permission", word: "permissionMissing", subcode: null }, look, true],
    [{ class: "permission", word: "appNotApproved", subcode: 1 }, look, true],
    [{ class: "permission", word: "unclear", subcode: null }, nothing, false],
    [{ class: "window", word: "windowClosed", subcode: null }, nothing, false],
    // Only a missing permission's subcode and words speak of the page.
    [{ class: "thread", word: "contactTermsMissing", subcode: 2018028 }, nothing, false],
    [{ class: "input", word: "permissionMissing", subcode: null }, nothing, false],
  ])("%j", (refusal, expected, isFault) => {
    expect(readPageRefusal(refusal)).toEqual(expected);
    expect(isPagesFault(refusal)).toBe(isFault);
  });
});
