import { beforeAll, describe, expect, test } from "vitest";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { newViewer, writeLeads } from "../../prisma/factories.ts";
import { countLeads } from "./count-leads.ts";
import { findLeads } from "./find-leads.ts";
import { findLeadsByRef } from "./find-leads-by-ref.ts";
import { emptyLeadFilter, type LeadFilter, type LeadSort, leadSorts } from "./lead-filter.ts";
import { compareRows } from "./row-order.ts";
import { searchText } from "./search-text.ts";

const HOUR = 60 * 60 * 1000;
const now = Date.now();
const hours = (count: number) => new Date(now + count * HOUR);
const wanted = (filter: Partial<LeadFilter>): LeadFilter => ({ ...emptyLeadFilter(), ...filter });

/** Ids of a whole list, page by page. */
async function walk(filter: LeadFilter, viewer: Viewer, limit: number): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof findLeads>> = await findLeads(filter, viewer, { limit, cursor });
    expect(page.rows.length).toBeLessThanOrEqual(limit);
    ids.push(...page.rows.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return ids;
}

describe("paging by key", () => {
  // Few different times, so that many rows tie; a third waits, a third has an open window.
  const WAITING = 90;
  const all = Array.from({ length: 270 }, (_, i) => ({
    pageId: `5000${i % 3}`,
    at: hours(-(i % 11) - 30),
    waitingSince: i < WAITING ? hours(-(i % 7)) : null,
    freeUntil: i % 3 === 0 ? hours(1 + (i % 5)) : i % 3 === 1 ? hours(-1) : null,
  }));
  let viewer: Viewer;
  let ids: string[];

  beforeAll(async () => {
    await prisma.page.createMany({ data: [0, 1, 2].map((i) => ({ id: `5000${i}`, name: `Page ${i}` })) });
    viewer = await newViewer({ pageIds: ["50000", "50001", "50002"] });
    ids = await writeLeads(all);
  });

  function inOrder(sort: LeadSort): string[] {
    const leads = all.map((lead, i) => ({ ...lead, id: ids[i] ?? "" }));
    const sign = sort.startsWith("-") ? -1 : 1;
    const byTime = (a: { id: string }, b: { id: string }, left: Date, right: Date, way: number) =>
      way * (left.getTime() - right.getTime() || (a.id < b.id ? -1 : 1));
    const key = (lead: (typeof leads)[number]): Date | null => {
      if (sort.endsWith("waiting")) return lead.waitingSince;
      if (sort.endsWith("closing"))
        return lead.freeUntil !== null && lead.freeUntil.getTime() > now ? lead.freeUntil : null;
      return null;
    };
    const first = leads.filter((lead) => key(lead) !== null);
    const rest = leads.filter((lead) => key(lead) === null);
    first.sort((a, b) => byTime(a, b, key(a) ?? a.at, key(b) ?? b.at, sign));
    rest.sort((a, b) => byTime(a, b, a.at, b.at, sort === "-newest" ? 1 : -1));
    return [...first, ...rest].map(({ id }) => id);
  }

  // 30 and 45 end a page exactly where those who wait end.
  test.each(leadSorts.flatMap((sort) => [30, 37, 45, 200].map((limit) => [sort, limit] as const)))(
    "%s, %i at a time: every lead once, in order",
    async (sort, limit) => {
      expect(await walk(wanted({ sort }), viewer, limit)).toEqual(inOrder(sort));
    },
  );

  test.each(leadSorts)("%s: two rows at hand are compared as the list is read", async (sort) => {
    const { rows } = await findLeads(wanted({ sort }), viewer, { limit: 200 });
    expect(rows.toReversed().sort(compareRows(sort, new Date(now)))).toEqual(rows);
  });

  test("the same over more pages than are merged", async () => {
    const many = Array.from({ length: 25 }, (_, i) => `6000${String(i).padStart(2, "0")}`);
    await prisma.page.createMany({ data: many.map((id) => ({ id, name: id })) });
    const wide = await newViewer({ pageIds: [...many, "50000", "50001", "50002"] });
    expect(await walk(wanted({ sort: "waiting" }), wide, 30)).toEqual(inOrder("waiting"));
  });

  test("a list that ends with a full page has no next one", async () => {
    const { rows, nextCursor } = await findLeads(wanted({ page: ["50000"] }), viewer, { limit: 90 });
    expect(rows).toHaveLength(90);
    expect(nextCursor).toBeNull();
  });

  test("somebody else's or a broken cursor starts anew", async () => {
    const { rows } = await findLeads(wanted({}), viewer, { limit: 5, cursor: "bm9uc2Vuc2U" });
    expect(rows.map(({ id }) => id)).toEqual(inOrder("newest").slice(0, 5));
  });

  test("what changes meanwhile neither hides nor doubles the others", async () => {
    const first = await findLeads(wanted({}), viewer, { limit: 100 });
    const [moved] = inOrder("newest").slice(200);
    await prisma.lead.updateMany({ where: { id: moved ?? "" }, data: { lastActivityAt: hours(0) } });
    const rest = await findLeads(wanted({}), viewer, { limit: 200, cursor: first.nextCursor });
    const seen = [...first.rows, ...rest.rows].map(({ id }) => id);
    expect(seen).toEqual(inOrder("newest").filter((id) => id !== moved));
    await prisma.lead.updateMany({
      where: { id: moved ?? "" },
      data: { lastActivityAt: all[ids.indexOf(moved ?? "")]?.at ?? hours(0) },
    });
  });
});

describe("filters", () => {
  const pageId = "70001";
  const otherPage = "70002";
  const ad = "120231004567890101";
  const gone = hours(-1);
  const soon = hours(1);
  const later = hours(20);
  let viewer: Viewer;
  let bo: Viewer;
  const named = new Map<string, string>();

  beforeAll(async () => {
    await prisma.page.createMany({ data: [pageId, otherPage].map((id) => ({ id, name: `Page ${id}` })) });
    viewer = await newViewer({ name: "Ada", pageIds: [pageId] });
    bo = await newViewer({ name: "Bo", pageIds: [pageId, otherPage] });
    const given: Record<
      string,
      Omit<Parameters<typeof writeLeads>[0][number], "pageId" | "at"> & { at?: Date; pageId?: string }
    > = {
      free: { freeUntil: later, adId: ad, control: "ours", fullName: "Jürgen Müller" },
      closing: { freeUntil: soon, status: "incomplete", reason: "stopped", assigneeId: viewer.agentId },
      probable: { freeUntil: gone, probableUntil: later, stage: "contacted", assigneeId: bo.agentId },
      human: { freeUntil: gone, humanUntil: later, control: "page_inbox", status: "incomplete", reason: "abandoned" },
      closed: { freeUntil: gone, probableUntil: gone, humanUntil: gone, doneAt: gone },
      lapsed: { control: "ours", controlExpiresAt: gone, at: new Date("2026-10-01T22:30:00Z") },
      idle: { control: "idle", status: "in_progress", at: new Date("2026-10-02T12:00:00Z") },
      elsewhere: { pageId: otherPage, freeUntil: later, fullName: "Jürgen Müller" },
      phone: { search: searchText(["Anna", "+49 711 1234567", "100%_sure\\"]) },
    };
    const ids = await writeLeads(
      Object.values(given).map((lead) => ({
        pageId,
        at: hours(-2),
        search: searchText([lead.fullName ?? null]),
        ...lead,
      })),
    );
    for (const [i, name] of Object.keys(given).entries()) named.set(ids[i] ?? "", name);
  });

  const namesOf = async (filter: Partial<LeadFilter>, who = viewer, timeZone = "UTC") => {
    const { rows } = await findLeads(wanted(filter), who, { timeZone });
    return rows.map(({ id }) => named.get(id)).sort();
  };

  test.each<[Partial<LeadFilter>, string[]]>([
    [{ window: ["free"] }, ["closing", "free"]],
    [{ window: ["closing"] }, ["closing"]],
    [{ window: ["probable"] }, ["probable"]],
    [{ window: ["human"] }, ["human"]],
    [{ window: ["closed"] }, ["closed", "idle", "lapsed", "phone"]],
    [{ window: ["probable", "human"] }, ["human", "probable"]],
    [{ control: ["ours"] }, ["free"]],
    [{ control: ["page_inbox"] }, ["human"]],
    [{ control: ["idle"] }, ["idle", "lapsed"]],
    [{ status: ["incomplete"] }, ["closing", "human"]],
    [{ status: ["in_progress"] }, ["idle"]],
    [{ reason: ["abandoned"] }, ["human"]],
    [{ stage: ["contacted"] }, ["probable"]],
    [{ ad: [ad] }, ["free"]],
    [{ assignee: ["me"] }, ["closing"]],
    [{ state: ["done"] }, ["closed"]],
    [{ state: ["open"], window: ["closed"] }, ["idle", "lapsed", "phone"]],
    [{ state: ["open", "done"], window: ["closed"] }, ["closed", "idle", "lapsed", "phone"]],
    [{ from: "2026-10-01", to: "2026-10-01" }, ["lapsed"]],
    [{ from: "2026-10-01", to: "2026-10-02" }, ["idle", "lapsed"]],
    [{ q: "jürgen MÜLLER" }, ["free"]],
    [{ q: "0711/123 45 67" }, ["phone"]],
    [{ q: "+49 711 1234567" }, ["phone"]],
    [{ q: "100%_sure\\" }, ["phone"]],
    [{ q: "100__sure" }, []],
    [{ q: "%" }, ["phone"]],
  ])("%o", async (filter, names) => {
    expect(await namesOf(filter)).toEqual(names);
  });

  test("an agent by id, or nobody", async () => {
    expect(await namesOf({ assignee: [bo.agentId] })).toEqual(["probable"]);
    expect(await namesOf({ assignee: [bo.agentId, "me"] })).toEqual(["closing", "probable"]);
    expect(await namesOf({ assignee: ["none"], window: ["free"] })).toEqual(["free"]);
  });

  test("days are those of the viewer's time zone", async () => {
    expect(await namesOf({ from: "2026-10-02", to: "2026-10-02" }, viewer, "Europe/Berlin")).toEqual([
      "idle",
      "lapsed",
    ]);
  });

  test("a page the viewer may not see is not there, whatever is asked", async () => {
    expect(await namesOf({ page: [otherPage] })).toEqual([]);
    expect(await namesOf({ page: [otherPage] }, bo)).toEqual(["elsewhere"]);
    expect(await namesOf({ q: "jürgen" }, bo)).toEqual(["elsewhere", "free"]);
    const id = [...named].find(([, name]) => name === "elsewhere")?.[0] ?? "";
    const refs = [{ pageId: otherPage, id }];
    expect(await findLeadsByRef(wanted({}), viewer, refs)).toEqual([]);
    expect(await findLeadsByRef(wanted({}), bo, refs)).toMatchObject([{ id, ref: `${otherPage}.${id}` }]);
    expect(await findLeadsByRef(wanted({ page: [pageId] }), bo, refs)).toEqual([]);
    expect(await findLeadsByRef(wanted({}), bo, [])).toEqual([]);
  });

  test("a lead is found by its whole id, where it may be seen", async () => {
    const id = [...named].find(([, name]) => name === "elsewhere")?.[0] ?? "";
    expect(await namesOf({ q: ` ${id.toUpperCase()} ` }, bo)).toEqual(["elsewhere"]);
    expect(await namesOf({ q: id })).toEqual([]);
    expect(await namesOf({ q: id.slice(0, 13) }, bo)).toEqual([]);
  });

  test("the first answer tells more than the name does, where any does", async () => {
    const [pageId, at] = ["50009", new Date()];
    await prisma.page.create({ data: { id: pageId, name: "Forms" } });
    const name = { question: "Full name", answer: "Frieda Form" };
    const answers = [name, { question: "When?", answer: "Soon" }];
    await writeLeads([
      { pageId, at, fullName: "Frieda Form", answers },
      { pageId, at, fullName: "Frieda Form", answers: [name] },
    ]);
    const admin = await newViewer({ role: "admin" });
    const { rows } = await findLeads(wanted({ page: [pageId] }), admin, { limit: 10 });
    expect(rows.map(({ firstAnswer }) => firstAnswer).sort()).toEqual(["Frieda Form", "Soon"]);
  });

  test("the tabs count what the list holds", async () => {
    const counts = await countLeads(wanted({}), viewer);
    expect(counts).toMatchObject({ all: 8, complete: 5, incomplete: 2, in_progress: 1 });
    expect(counts.byReason).toMatchObject({ stopped: 1, abandoned: 1, unknown: 0 });
    // The other tabs' figures do not depend on which one is open.
    expect(await countLeads(wanted({ status: ["incomplete"] }), viewer)).toEqual(counts);
    expect(await countLeads(wanted({ window: ["free"] }), viewer)).toMatchObject({
      all: 2,
      complete: 1,
      incomplete: 1,
    });
  });
});
