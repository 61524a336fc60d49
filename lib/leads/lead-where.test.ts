import { describe, expect, test } from "vitest";
import type { Viewer } from "#lib/agents/viewer.ts";
import { exportOrder, exportWhere } from "./export-where.ts";
import { emptyLeadFilter, type LeadFilter } from "./lead-filter.ts";
import { leadWhere } from "./lead-where.ts";
import { visibleTo } from "./visible-to.ts";
import { matches } from "./where-testing.ts";

const now = new Date("2026-11-22T12:00:00Z");
const hours = (count: number) => new Date(now.getTime() + count * 60 * 60 * 1000);
const AGENT = "0192f7c1-5b1e-7abc-8def-0123456789ab";
const viewer: Viewer = { agentId: AGENT, name: "Anna", email: "anna@example.org", role: "agent", pageIds: null };

const lead = {
  pageId: "1",
  id: "b",
  status: "complete",
  reason: "stopped",
  stage: "new",
  adId: "5",
  assigneeId: null,
  doneAt: null,
  at: hours(-3),
  createdAt: hours(-3),
  freeUntil: null,
  probableUntil: null,
  humanUntil: null,
  search: { text: "mia muster 50% solar_roof c:\\x" },
  thread: { control: "ours", controlExpiresAt: null },
};
type Lead = { [Column in keyof typeof lead]: unknown };

const found = (filter: Partial<LeadFilter>, given: Partial<Lead> = {}, who: Viewer = viewer) =>
  matches(leadWhere({ ...emptyLeadFilter(), ...filter }, who, now, "UTC"), { ...lead, ...given });

describe("a viewer", () => {
  const ofTwo = { ...viewer, pageIds: ["1", "2"] };

  test.each([
    ["1", true],
    ["2", true],
    ["3", false],
  ])("of the pages 1 and 2 sees page %s: %s", (pageId, isSeen) => {
    expect(matches(visibleTo(ofTwo), { ...lead, pageId })).toBe(isSeen);
    expect(found({}, { pageId }, ofTwo)).toBe(isSeen);
    expect(found({ page: [pageId] }, { pageId }, ofTwo)).toBe(isSeen);
  });

  test("of all pages sees each, of none sees none", () => {
    expect(found({}, { pageId: "3" })).toBe(true);
    expect(found({}, {}, { ...viewer, pageIds: [] })).toBe(false);
  });
});

describe("a filter", () => {
  test("that is empty finds every lead", () => expect(found({})).toBe(true));

  test.each<[Partial<LeadFilter>, Partial<Lead>]>([
    [{ page: ["1"] }, { pageId: "2" }],
    [{ status: ["complete"] }, { status: "incomplete" }],
    [{ reason: ["stopped"] }, { reason: null }],
    [{ stage: ["new"] }, { stage: "won" }],
    [{ ad: ["5"] }, { adId: "6" }],
    [{ assignee: ["none"] }, { assigneeId: AGENT }],
    [{ control: ["ours"] }, { thread: { control: "leadgen", controlExpiresAt: null } }],
    [{ control: ["ours"] }, { thread: null }],
    [{ state: ["open"] }, { doneAt: hours(-1) }],
  ])("%j finds what it names, and not %j", (filter, other) => {
    expect(found(filter)).toBe(true);
    expect(found(filter, other)).toBe(false);
    const both = Object.fromEntries(Object.keys(filter).map((word) => [word, []]));
    expect(found({ ...filter, ...both }, other)).toBe(true);
  });

  test("of several values finds either, of several words only what has both", () => {
    expect(found({ status: ["incomplete", "complete"] })).toBe(true);
    expect(found({ assignee: ["me", "none"] })).toBe(true);
    expect(found({ state: ["open", "done"] }, { doneAt: now })).toBe(true);
    expect(found({ status: ["complete"], stage: ["won"] })).toBe(false);
  });

  test("knows whose a lead is", () => {
    const other = AGENT.replace("a", "c");
    expect(found({ assignee: ["me"] }, { assigneeId: AGENT })).toBe(true);
    expect(found({ assignee: ["me"] }, { assigneeId: other })).toBe(false);
    expect(found({ assignee: [other] }, { assigneeId: other })).toBe(true);
    expect(found({ assignee: [other] }, { assigneeId: AGENT })).toBe(false);
    expect(found({ state: ["done"] })).toBe(false);
  });

  test("of a span takes its first moment and leaves the first after it", () => {
    const day = { from: "2026-11-22", to: "2026-11-22" };
    const at = (text: string) => found(day, { at: new Date(text) });
    expect([at("2026-11-21T23:59:59.999Z"), at("2026-11-22T00:00:00Z")]).toEqual([false, true]);
    expect([at("2026-11-22T23:59:59.999Z"), at("2026-11-23T00:00:00Z")]).toEqual([true, false]);
    expect(found({ from: "2026-11-22" }, { at: hours(1000) })).toBe(true);
    expect(found({ to: "2026-11-22" }, { at: hours(-1000) })).toBe(true);
  });

  test("of words finds them as they stand, whatever they mean to the database", () => {
    for (const q of ["mia", "Mia  MUSTER", "50%", "solar_roof", "C:\\x"]) expect([q, found({ q })]).toEqual([q, true]);
    for (const q of ["m_a", "5%f", "muster%roof", "\\mia"]) expect([q, found({ q })]).toEqual([q, false]);
  });
});

describe("a window", () => {
  const [past, coming] = [hours(-1), hours(1)];
  const words = ["free", "probable", "human", "closed", "closing"] as const;

  test.each<[string[], Partial<Lead>]>([
    [["closed"], {}],
    [["free", "closing"], { freeUntil: coming, probableUntil: coming, humanUntil: coming }],
    [["free", "closing"], { freeUntil: hours(2) }],
    [["free"], { freeUntil: new Date(hours(2).getTime() + 1) }],
    [["closed"], { freeUntil: now }],
    [["probable"], { freeUntil: now, probableUntil: coming }],
    [["probable"], { probableUntil: coming, humanUntil: coming }],
    [["closed"], { probableUntil: now }],
    [["human"], { freeUntil: past, probableUntil: now, humanUntil: coming }],
    [["human"], { humanUntil: coming }],
    [["closed"], { freeUntil: past, probableUntil: past, humanUntil: now }],
  ])("is %j for %j", (expected, given) => {
    expect(words.filter((window) => found({ window: [window] }, given))).toEqual(expected);
  });
});

test("what has lapsed is idle, whoever held it", () => {
  const held = (control: string, controlExpiresAt: Date | null) => ({ thread: { control, controlExpiresAt } });
  expect(found({ control: ["other_app"] }, held("other_app", hours(1)))).toBe(true);
  expect(found({ control: ["other_app"] }, held("other_app", now))).toBe(false);
  expect(found({ control: ["idle"] }, held("other_app", now))).toBe(true);
  expect(found({ control: ["idle"] }, held("other_app", hours(1)))).toBe(false);
  expect(found({ control: ["idle"] }, held("other_app", null))).toBe(false);
  expect(found({ control: ["idle"] }, held("idle", null))).toBe(true);
  expect(found({ control: ["idle"] }, { thread: null })).toBe(false);
});

describe("an export", () => {
  const exported = (given: Partial<Lead>, after: { at: Date; id: string } | null = null) =>
    matches(
      exportWhere(
        { filter: { ...emptyLeadFilter(), stage: ["new"] }, viewer, pageId: "1", now, timeZone: "UTC" },
        after,
      ),
      { ...lead, ...given },
    );

  test("holds the filter's leads of its page that were there when it was asked for", () => {
    expect(exported({})).toBe(true);
    expect(exported({ pageId: "2" })).toBe(false);
    expect(exported({ stage: "won" })).toBe(false);
    expect(exported({ createdAt: now })).toBe(true);
    expect(exported({ createdAt: new Date(now.getTime() + 1) })).toBe(false);
  });

  test("goes on behind the last row, by time and then by id", () => {
    expect(exportOrder).toEqual([{ at: "asc" }, { id: "asc" }]);
    const after = { at: hours(-3), id: "b" };
    const rows = [
      { at: hours(-4), id: "z" },
      { at: hours(-3), id: "a" },
      { at: hours(-3), id: "b" },
      { at: hours(-3), id: "c" },
      { at: hours(-2), id: "a" },
    ];
    expect(rows.filter((row) => exported(row, after))).toEqual(rows.slice(3));
  });
});
