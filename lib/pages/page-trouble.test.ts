import { describe, expect, test } from "vitest";
import { isPagesFault, readPageRefusal } from "./page-refusal.ts";
import { maySend, nextProbeMs, pageState, readTrouble, type TroubleKind } from "./page-trouble.ts";

const all = (...kinds: TroubleKind[]) => kinds.map((kind) => ({ kind, reason: null }));
const HOUR = 60 * 60 * 1000;

describe("a page's state", () => {
  test.each<[TroubleKind[], string]>([
    [[], "healthy"],
    [["warned"], "healthy"],
    [["expiring", "warned"], "expiring"],
    [["expiring", "unsubscribed"], "unsubscribed"],
    [["test_only", "missing_permission"], "missing_permission"],
    [["restricted", "revoked"], "revoked"],
  ])("%j is %s", (kinds, state) => expect(pageState(all(...kinds))).toBe(state));
});

describe("sending stops", () => {
  test.each<[TroubleKind, string | null, boolean]>([
    ["revoked", "tokenInvalid", false],
    ["restricted", "pageRestricted", false],
    ["missing_permission", "pages_messaging", false],
    ["missing_permission", "pages_manage_metadata", true],
    ["unsubscribed", "page", true],
    ["test_only", null, true],
    ["expiring", null, true],
    ["warned", null, true],
  ])("%s (%s): may send is %s", (kind, reason, may) => expect(maySend([{ kind, reason }])).toBe(may));
});

test("a restricted page is tried again ever later, every four hours at last", () => {
  const waits = [1, 2, 3, 4, 5].reduce<number[]>((known) => [...known, nextProbeMs(known.at(-1) ?? null)], []);
  expect(waits.map((ms) => ms / HOUR)).toEqual([0.5, 1, 2, 4, 4]);
});

test("a row's data is read whatever it holds", () => {
  const row = { kind: "restricted", since: new Date(0), reason: null };
  const nothing = { names: [], expiresAt: null, probeAt: null, pauseMs: null };
  for (const data of [{}, [], null, "x", { names: 3, probeAt: "soon", pauseMs: "1" }]) {
    expect(readTrouble({ ...row, data }).data).toEqual(nothing);
  }
  expect(readTrouble({ ...row, data: { probeAt: "2026-11-23T12:00:00.000Z" } }).data.probeAt).toEqual(
    new Date("2026-11-23T12:00:00Z"),
  );
});

describe("what a refusal says about the page", () => {
  test("a dead token", () =>
    expect(readPageRefusal({ class: "auth", word: "loginNeeded", subcode: 459 })).toEqual({
      trouble: { kind: "revoked", reason: "loginNeeded" },
      isCheckDue: true,
    }));

  test("a missing permission makes us look, and its reply wait", () => {
    const refusal = { class: "permission", word: "permissionMissing", subcode: null } as const;
    expect(readPageRefusal(refusal)).toEqual({ trouble: null, isCheckDue: true });
    expect(isPagesFault(refusal)).toBe(true);
  });

  test("terms nobody accepted are the page's, but no reply waits for them", () => {
    const refusal = { class: "permission", word: "contactTermsMissing", subcode: 2018344 } as const;
    expect(readPageRefusal(refusal).trouble).toEqual({ kind: "missing_permission", reason: "contact_terms" });
    expect(isPagesFault(refusal)).toBe(false);
  });

  test("an app that is not live may still write to its testers, so the reply fails", () => {
    const refusal = { class: "permission", word: "appNotApproved", subcode: 2018028 } as const;
    expect(readPageRefusal(refusal).trouble?.kind).toBe("test_only");
    expect(isPagesFault(refusal)).toBe(false);
  });

  test.each([
    ["window", "windowClosed"],
    ["recipient", "personUnavailable"],
    ["thread", "otherAppControls"],
    ["input", "rejected"],
    ["throttled", "throttled"],
  ] as const)("%s says nothing about the page", (kind, word) => {
    const refusal = { class: kind, word, subcode: null };
    expect(readPageRefusal(refusal)).toEqual({ trouble: null, isCheckDue: false });
    expect(isPagesFault(refusal)).toBe(false);
  });
});
