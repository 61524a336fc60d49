import { describe, expect, test } from "vitest";
import { INSTAGRAM_INBOX_APP_ID, PAGE_INBOX_APP_ID } from "#lib/messenger/app-ids.ts";
import type { ControlFact } from "./control.ts";
import { type ControlActionKind, controlActionKinds } from "./control-actions.ts";
import { callOf, factOf, type LeasedAction } from "./leased-action.ts";

const at = new Date("2026-11-22T12:00:00Z");
const place = { ourAppId: "900", isInstagram: false };

const action = (kind: ControlActionKind, given: Partial<LeasedAction> = {}): LeasedAction => ({
  pageId: "1",
  psid: "7",
  id: "a1",
  kind,
  targetAppId: null,
  seconds: null,
  authorId: "u1",
  leaseNumber: 1,
  ...given,
});

describe("the call", () => {
  test.each(controlActionKinds.filter((kind) => kind !== "pass_app" && kind !== "extend"))("to %s is a word", (kind) =>
    expect(callOf(action(kind, { targetAppId: "5", seconds: 60 }))).toBe(kind),
  );

  test("to pass names the app, the call to extend says how long", () => {
    expect(callOf(action("pass_app", { targetAppId: "5" }))).toEqual({ kind: "pass_app", targetAppId: "5" });
    expect(callOf(action("pass_app"))).toEqual({ kind: "pass_app", targetAppId: "" });
    expect(callOf(action("extend", { seconds: 3600 }))).toEqual({ kind: "extend", seconds: 3600 });
    expect(callOf(action("extend"))).toEqual({ kind: "extend", seconds: 0 });
  });
});

describe("what an accepted call says", () => {
  const given = { targetAppId: "5", seconds: 3600 };
  const fact = { key: "action:a1", source: "api", at, isLeadHandover: false };

  test.each<[ControlActionKind, Partial<ControlFact> | null]>([
    ["take", { kind: "owner", appId: "900" }],
    ["pass_page_inbox", { kind: "owner", appId: PAGE_INBOX_APP_ID }],
    ["pass_app", { kind: "owner", appId: "5" }],
    ["pass_default", { kind: "not_ours", appId: null }],
    ["extend", { kind: "owner", appId: "900", expiresAt: new Date("2026-11-22T13:00:00Z") }],
    ["release", { kind: "released", appId: null }],
    ["request", null],
  ])("%s", (kind, said) => {
    expect(factOf(action(kind, given), at, place)).toEqual(said === null ? null : { ...fact, ...said });
  });

  test("is about Instagram's inbox on Instagram", () => {
    expect(factOf(action("pass_page_inbox"), at, { ...place, isInstagram: true })).toMatchObject({
      appId: INSTAGRAM_INBOX_APP_ID,
    });
  });

  test("extended for no time has ended", () => {
    expect(factOf(action("extend"), at, place)).toMatchObject({ expiresAt: at });
  });
});
