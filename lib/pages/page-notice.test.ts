import { describe, expect, test } from "vitest";
import { type PageWell, pageNotices, repairOf, stopsReplies } from "./page-notice.ts";
import { readTrouble, type TroubleKind } from "./page-trouble.ts";

const now = new Date("2026-11-23T12:00:00Z");
const MINUTE = 60_000;
const trouble = (kind: TroubleKind, data: object = {}, reason: string | null = null) =>
  readTrouble({ kind, since: now, reason, data });
const notices = (more: Partial<PageWell>) =>
  pageNotices({ connectedAt: now, pausedUntil: null, troubles: [], ...more }, now);

test("a page that is well has nothing to say", () => expect(notices({})).toEqual([]));

test("the worst comes first, a rest last", () => {
  const troubles = [trouble("warned"), trouble("expiring"), trouble("revoked"), trouble("restricted")];
  const pausedUntil = new Date(now.getTime() + 5 * MINUTE);
  expect(notices({ troubles, pausedUntil }).map(({ kind }) => kind)).toEqual([
    "revoked",
    "restricted",
    "expiring",
    "warned",
    "paused",
  ]);
});

test("a page nobody connected says only that", () =>
  expect(notices({ connectedAt: null, troubles: [trouble("revoked")] }).map(({ kind }) => kind)).toEqual([
    "disconnected",
  ]));

test.each([
  [-1, []],
  [MINUTE, []],
  [MINUTE + 1, ["paused"]],
])("a rest of %i ms more", (ms, kinds) =>
  expect(notices({ pausedUntil: new Date(now.getTime() + ms) }).map(({ kind }) => kind)).toEqual(kinds),
);

test("until when is told where it is known", () => {
  const at = "2026-11-23T14:00:00.000Z";
  const troubles = [trouble("restricted", { probeAt: at }), trouble("expiring", { expiresAt: at }), trouble("warned")];
  expect(notices({ troubles }).map(({ until }) => until)).toEqual([new Date(at), new Date(at), null]);
});

test("what is told is the trouble's own, whole", () => {
  const at = "2026-11-23T14:00:00.000Z";
  const data = { names: ["messages"], expiresAt: "2026-11-25T14:00:00.000Z", probeAt: at };
  expect(notices({ troubles: [trouble("unsubscribed", data, "app")] })).toEqual([
    { kind: "unsubscribed", since: now, until: new Date(at), reason: "app", names: ["messages"] },
  ]);
  const nothing = { since: null, until: null, reason: null, names: [] };
  expect(notices({ connectedAt: null })).toEqual([{ ...nothing, kind: "disconnected" }]);
  const pausedUntil = new Date(now.getTime() + 5 * MINUTE);
  expect(notices({ pausedUntil })).toEqual([{ ...nothing, kind: "paused", until: pausedUntil }]);
});

test("terms to be accepted are no permission of the token's, and stop nothing", () => {
  const [notice] = notices({ troubles: [trouble("missing_permission", {}, "contact_terms")] });
  expect(notice === undefined ? null : [repairOf(notice), stopsReplies(notice)]).toEqual(["check", false]);
  const [missing] = notices({ troubles: [trouble("missing_permission", {}, "pages_messaging")] });
  expect(missing === undefined ? null : [repairOf(missing), stopsReplies(missing)]).toEqual(["reconnect", true]);
});

describe("each trouble has at most one repair", () => {
  test.each([
    ["disconnected", "reconnect", true],
    ["revoked", "reconnect", true],
    ["restricted", "none", true],
    ["missing_permission", "reconnect", false],
    ["unsubscribed", "resubscribe", false],
    ["test_only", "check", false],
    ["expiring", "reconnect", false],
    ["warned", "none", false],
    ["paused", "none", true],
  ] as const)("%s: %s", (kind, repair, isStopping) => {
    expect(repairOf({ kind, reason: null })).toBe(repair);
    expect(stopsReplies({ kind, since: null, until: null, reason: null, names: [] })).toBe(isStopping);
  });
});
