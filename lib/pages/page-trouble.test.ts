import { describe, expect, test } from "vitest";
import {
  bySeverity,
  mayRead,
  maySend,
  nextProbeMs,
  pageState,
  readTrouble,
  type TroubleKind,
  troubleKinds,
} from "./page-trouble.ts";

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
    ["missing_permission", "instagram_manage_messages", false],
    ["missing_permission", "pages_manage_metadata", true],
    ["unsubscribed", "pages_messaging", true],
    ["unsubscribed", "page", true],
    ["test_only", null, true],
    ["expiring", null, true],
    ["warned", null, true],
  ])("%s (%s): may send is %s", (kind, reason, may) => expect(maySend([{ kind, reason }])).toBe(may));
});

test("one trouble that stops sending is enough, and only a dead token stops reading", () => {
  expect(
    maySend([
      { kind: "warned", reason: null },
      { kind: "revoked", reason: null },
    ]),
  ).toBe(false);
  expect(maySend([])).toBe(true);
  expect(troubleKinds.filter((kind) => !mayRead(all("warned", kind)))).toEqual(["revoked"]);
  expect(mayRead([])).toBe(true);
});

test("the worst stands first", () => {
  expect(
    all(...troubleKinds)
      .reverse()
      .toSorted(bySeverity),
  ).toEqual(all(...troubleKinds));
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
  expect(() => readTrouble({ ...row, kind: "bored", data: {} })).toThrow();
  const data = { names: ["a"], expiresAt: "2026-11-24T12:00:00.000Z", probeAt: null, pauseMs: 60_000 };
  expect(readTrouble({ ...row, reason: "x", data })).toEqual({
    kind: "restricted",
    since: new Date(0),
    reason: "x",
    data: { ...data, expiresAt: new Date(data.expiresAt) },
  });
  expect(readTrouble({ ...row, data: { probeAt: "2026-11-23T12:00:00.000Z" } }).data.probeAt).toEqual(
    new Date("2026-11-23T12:00:00Z"),
  );
});
