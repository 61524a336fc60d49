import { describe, expect, test } from "vitest";
import { LEADGEN_APP_ID, PAGE_INBOX_APP_ID } from "#lib/messenger/app-ids.ts";
import { type ControlFact, foldControl } from "./control.ts";
import { controlEvents, type SettledAction } from "./control-history.ts";

const OURS = "1122334455667788";
const OTHER = "2233445566778899";
const at = (minutes: number) => new Date(Date.UTC(2026, 10, 22, 12, minutes));

function fact(minutes: number, given: Partial<ControlFact> = {}): ControlFact {
  const plain = { kind: "owner", source: "handover", appId: null, isLeadHandover: false } as const;
  return { key: `fact:${minutes}`, at: at(minutes), ...plain, ...given };
}

function action(id: string, minutes: number, given: Partial<SettledAction> = {}): SettledAction {
  const plain = { kind: "take", state: "done", authorName: "Ada" } as const;
  return { id, createdAt: at(minutes), settledAt: at(minutes), ...plain, ...given };
}

function history(facts: ControlFact[], actions: SettledAction[] = [], now = at(60)) {
  const control = foldControl(facts, OURS, null);
  return controlEvents({ facts, actions, control, ourAppId: OURS, now }).map(({ key, ...event }) => event);
}

describe("why control changed", () => {
  const inbox = { appId: PAGE_INBOX_APP_ID };
  test.each<[string, ControlFact[], string]>([
    ["Meta told", [fact(1, inbox)], "told"],
    ["the ad's questions ended", [fact(1, { appId: OURS, isLeadHandover: true })], "questions_ended"],
    ["Meta asks", [fact(1, { kind: "leadgen_asking", source: "echo", appId: LEADGEN_APP_ID })], "questions_seen"],
    ["somebody wrote in the Page Inbox", [fact(1, { ...inbox, source: "echo" })], "inbox_wrote"],
    ["a copy came by", [fact(0, { appId: OURS }), fact(1, { kind: "standby", source: "standby" })], "standby"],
    ["Meta answered", [fact(1, { ...inbox, source: "answer" })], "answer"],
    ["Meta refused us", [fact(1, { kind: "refused", source: "send_error" })], "refused"],
  ])("%s", (_, facts, why) => {
    expect(history(facts).at(-1)).toMatchObject({ what: "changed", at: at(1), why });
  });

  test("nobody was active", () => {
    expect(history([fact(1, inbox)], [], at(60 * 24 + 1)).at(-1)).toMatchObject({
      at: at(60 * 24 + 1),
      state: "idle",
      why: "lapsed",
    });
  });
});

describe("what our agents did", () => {
  const held = fact(0, { appId: PAGE_INBOX_APP_ID });

  test("is told with their name once, though Meta's event comes as well", () => {
    const own = fact(5, { key: "action:1", source: "api", appId: OURS });
    const event = { ...fact(5, { appId: OURS }), key: "event", at: new Date(at(5).getTime() - 300) };
    for (const facts of [
      [held, own],
      [held, event],
      [held, event, own],
    ]) {
      expect(history(facts, [action("1", 5)]).slice(1)).toMatchObject([{ what: "acted", action: "take", by: "Ada" }]);
    }
  });

  test("is not credited with what happened at another time, or otherwise", () => {
    const later = fact(30, { appId: OURS });
    const lead = fact(5, { appId: OURS, isLeadHandover: true });
    for (const facts of [
      [held, later],
      [held, lead],
    ]) {
      expect(history(facts, [action("1", 5)])).toContainEqual(
        expect.objectContaining({ what: "changed", state: "ours" }),
      );
    }
  });

  test("keeping control shows until when", () => {
    const facts = [
      fact(0, { appId: OURS }),
      fact(5, { key: "action:1", source: "api", appId: OURS, expiresAt: at(90) }),
    ];
    expect(history(facts, [action("1", 5, { kind: "extend" })]).at(-1)).toMatchObject({
      what: "acted",
      action: "extend",
      until: at(90),
    });
  });

  test("what was taken is not told as what was kept or asked for right after", () => {
    const taken = { ...fact(5, { appId: OURS }), key: "event" };
    const kept = fact(6, { key: "action:2", source: "api", appId: OURS, expiresAt: at(90) });
    const actions = [
      action("2", 5, { kind: "extend" }),
      action("3", 5, { kind: "request", state: "done" }),
      action("1", 5),
    ];
    expect(history([held, taken, kept], actions).slice(1)).toMatchObject([
      { what: "acted", action: "take" },
      { what: "acted", action: "request" },
      { what: "acted", action: "extend", until: at(90) },
    ]);
  });

  test("a request and a refusal are told too", () => {
    const asked = action("2", 6, { kind: "request" });
    expect(history([held], [action("1", 5, { state: "failed" }), asked]).slice(1)).toMatchObject([
      { what: "refused", action: "take", at: at(5), by: "Ada" },
      { what: "acted", action: "request", at: at(6), by: "Ada" },
    ]);
  });

  test("what waits is not history yet", () => {
    expect(history([held], [action("1", 5, { state: "queued", settledAt: null })])).toHaveLength(1);
  });
});

describe("Meta's event about an action is the action", () => {
  const pass = (appId: string | null, given: Partial<ControlFact> = {}) => fact(5, { appId, ...given });
  const credited = (kind: SettledAction["kind"], event: ControlFact, given: Partial<SettledAction> = {}) => {
    const before = fact(0, { appId: kind === "take" ? PAGE_INBOX_APP_ID : OURS });
    const told = history([before, event], [action("1", 5, { kind, ...given })]);
    return told.some(({ what }) => what === "acted") && !told.slice(1).some(({ what }) => what === "changed");
  };

  test.each<[SettledAction["kind"], ControlFact, boolean]>([
    ["take", pass(OURS), true],
    ["pass_page_inbox", pass(PAGE_INBOX_APP_ID), true],
    ["pass_page_inbox", pass(OTHER), false],
    ["pass_app", pass(OTHER), true],
    ["pass_app", pass(PAGE_INBOX_APP_ID), false],
    ["pass_default", pass(PAGE_INBOX_APP_ID), true],
    ["pass_default", pass(OTHER), true],
    ["pass_default", pass(null), true],
    ["pass_default", pass(LEADGEN_APP_ID), false],
    ["release", pass(null, { kind: "released" }), true],
    ["release", pass(OTHER), false],
    ["request", pass(OTHER), false],
    ["extend", pass(OTHER), false],
    ["pass_app", pass(OTHER, { source: "answer" }), false],
  ])("%s, by %j: %s", (kind, event, isCredited) => expect(credited(kind, event)).toBe(isCredited));

  test("within five seconds of it", () => {
    const moved = (ms: number) => ({ ...pass(OTHER), at: new Date(at(5).getTime() + ms) });
    expect([-5_001, -5_000, 5_000, 5_001].map((ms) => credited("pass_app", moved(ms)))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    const long = { createdAt: at(4), settledAt: at(6) };
    expect([-65_000, 65_000].map((ms) => credited("pass_app", moved(ms), long))).toEqual([true, true]);
  });

  test("and only of one that is done", () => {
    expect(credited("pass_app", pass(OTHER), { state: "unknown" })).toBe(false);
    expect(credited("pass_app", pass(OTHER), { state: "running", settledAt: null })).toBe(false);
  });
});

test("each event says all it knows, in the order of their times", () => {
  const held = fact(0, { appId: PAGE_INBOX_APP_ID });
  const kept = fact(7, { key: "action:2", source: "api", appId: OURS, expiresAt: at(90) });
  const actions = [action("3", 9, { kind: "request" }), action("1", 5), action("2", 7, { kind: "extend" })];
  const given = { facts: [held, fact(5, { appId: OURS }), kept], actions, ourAppId: OURS, now: at(90) };
  const control = foldControl(given.facts, OURS, null);
  const acted = { what: "acted", state: "ours", by: "Ada" };
  expect(controlEvents({ ...given, control })).toEqual([
    { key: "fact:0", at: at(0), what: "changed", state: "page_inbox", appId: PAGE_INBOX_APP_ID, why: "told" },
    { ...acted, key: "action:1", at: at(5), appId: OURS, action: "take", until: null },
    { ...acted, key: "action:2", at: at(7), appId: OURS, action: "extend", until: at(90) },
    { ...acted, key: "action:3", at: at(9), appId: null, action: "request", until: null },
    { key: "lapsed", at: at(90), what: "changed", state: "idle", appId: null, why: "lapsed" },
  ]);
  expect(controlEvents({ ...given, control, now: new Date(at(90).getTime() - 1) })).toHaveLength(4);
  expect(history([held, fact(5, { kind: "released", appId: LEADGEN_APP_ID })])).toHaveLength(1);
});

test("another app's request is told, ours by the action alone", () => {
  const requested = (minutes: number, appId: string) => fact(minutes, { kind: "requested", appId });
  expect(history([requested(1, OTHER), requested(2, OURS)])).toEqual([{ at: at(1), what: "requested", appId: OTHER }]);
});
