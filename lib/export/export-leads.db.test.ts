import { buffer } from "node:stream/consumers";
import { parse } from "csv-parse/sync";
import readExcelFile from "read-excel-file/node";
import { beforeAll, describe, expect, test } from "vitest";
import { createUser } from "#lib/agents/create-user.ts";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { emptyLeadFilter, type LeadFilter } from "#lib/leads/lead-filter.ts";
import { writeLeads, writePage } from "../../prisma/factories.ts";
import { guardFormula } from "./csv.ts";
import { type ExportOrder, exportLeads } from "./export-leads.ts";
import { plainCells, runnableCells } from "./hostile-cells.ts";

const SOLAR = "104411223344556";
const KITCHEN = "104411223399887";
const MANY = "104411223300001";
const HOSTILE = "104411223300002";
const FIXED = 20;
const at = (minute: number) => new Date(Date.UTC(2026, 9, 25, 0, minute));
/** What PostgreSQL stores: the webhook's reader has made NUL visible before. */
const hostile = [...runnableCells, ...plainCells]
  .map((text) => text.replaceAll("\u0000", "␀"))
  .filter((text) => text !== "");

const admin: Viewer = {
  agentId: "0192f7c1-5b1e-7abc-8def-000000000001",
  name: "Admin",
  email: "a@b.de",
  role: "admin",
  pageIds: null,
};
const order = (
  given: Partial<ExportOrder> & { filter?: Partial<LeadFilter>; format?: "csv" | "xlsx" },
): ExportOrder => ({
  query: { filter: { ...emptyLeadFilter(), ...given.filter }, format: given.format ?? "csv", delimiter: "comma" },
  timeZone: given.timeZone ?? "UTC",
  now: given.now ?? new Date(),
  viewer: given.viewer ?? (() => Promise.resolve(admin)),
  signal: given.signal ?? new AbortController().signal,
});
const csvOf = async (given: Parameters<typeof order>[0]): Promise<string[][]> =>
  parse(await buffer(await exportLeads(order(given))), { bom: true });
const ids = (rows: string[][]) => rows.slice(1).map((row) => row[0]);

let jana: string;
let solarIds: string[];

beforeAll(async () => {
  for (const [id, name] of [
    [SOLAR, "Solar Süd"],
    [KITCHEN, "Nordlicht Küchen"],
    [MANY, "Many"],
    [HOSTILE, "Hostile"],
  ] as const) {
    await writePage(id, name);
  }
  const created = await createUser({
    email: "jana@example.org",
    name: "Jana",
    role: "agent",
    password: "correct horse battery",
  });
  if (created.outcome !== "created") throw new Error("the test's agent exists already");
  jana = created.id;
  await prisma.ad.create({ data: { pageId: SOLAR, adId: "120231004567890101", title: "Solar roof" } });

  solarIds = await writeLeads([
    {
      pageId: SOLAR,
      psid: "7719004412345678",
      at: at(30),
      fullName: "Ana Keller",
      adId: "120231004567890101",
      assigneeId: jana,
      firstResponseAt: new Date(at(30).getTime() + 100_900),
      lastInboundAt: at(29),
      freeUntil: new Date(at(29).getTime() + 86_400_000),
      humanUntil: new Date(at(29).getTime() + 7 * 86_400_000),
      answers: [
        { question: "Own house?", answer: "Yes" },
        { question: "Phone?", answer: "+49 170 1234567" },
        { question: "Own house?", answer: "No, two" },
      ],
    },
    {
      pageId: SOLAR,
      psid: "2",
      at: at(90),
      status: "incomplete",
      reason: "stopped",
      answers: [{ question: "City?", answer: "Ulm" }],
    },
  ]);
  await writeLeads([{ pageId: KITCHEN, psid: "1", at: at(0), answers: [{ question: "Own house?", answer: "Rent" }] }]);
  await writeLeads(
    hostile.map((answer, i) => ({
      pageId: HOSTILE,
      psid: String(i),
      at: at(i),
      answers: [{ question: "=Q", answer }],
    })),
  );
  await writeLeads(
    Array.from({ length: 2_300 }, (_, i) => ({
      pageId: MANY,
      psid: String(i),
      at: at(Math.floor(i / 700)),
      answers: [{ question: `Question ${i % 3}`, answer: String(i) }],
    })),
  );
});

describe("the file", () => {
  test("holds a lead with all that is known of it, by the viewer's clock", async () => {
    const [headers = [], ...rows] = await csvOf({ filter: { page: [SOLAR] }, timeZone: "Europe/Berlin" });
    expect(headers.slice(FIXED)).toEqual(["Own house?", "Phone?", "Own house? (2)", "City?"]);
    expect(rows).toHaveLength(2);
    expect(Object.fromEntries(headers.map((header, i) => [header, rows[0]?.[i]]))).toMatchObject({
      id: `${SOLAR}.${solarIds[0]}`,
      created_time: "2026-10-25T02:30:00.000+02:00",
      page_name: "Solar Süd",
      ad_id: "120231004567890101",
      ad_title: "Solar roof",
      lead_status: "complete",
      psid: "7719004412345678",
      full_name: "Ana Keller",
      assignee: "Jana",
      first_response_seconds: "100",
      last_customer_message_time: "2026-10-25T02:29:00.000+02:00",
      window_closes_time: "2026-11-01T01:29:00.000+01:00",
      "Own house?": "Yes",
      "Phone?": "'+49 170 1234567",
      "Own house? (2)": "No, two",
      "City?": "",
    });
    expect(rows[1]?.[1]).toBe("2026-10-25T02:30:00.000+01:00");
  });

  test("holds every lead once, over many pages and equal times", async () => {
    const rows = await csvOf({ filter: { page: [MANY] } });
    expect(rows[0]?.slice(FIXED)).toHaveLength(3);
    expect(rows).toHaveLength(2_301);
    expect(new Set(ids(rows)).size).toBe(2_300);
    expect(rows.slice(1).map((row) => row[1])).toEqual(
      rows
        .slice(1)
        .map((row) => row[1])
        .toSorted(),
    );
  });

  test("names questions by first appearance, pages one after the other", async () => {
    const [headers = []] = await csvOf({ filter: { page: [SOLAR, KITCHEN] } });
    expect(headers.slice(FIXED)).toEqual(["Own house?", "Phone?", "Own house? (2)", "City?"]);
  });

  test("holds what the filter holds", async () => {
    expect(ids(await csvOf({ filter: { status: ["incomplete"] } }))).toEqual([`${SOLAR}.${solarIds[1]}`]);
    expect(
      ids(
        await csvOf({
          filter: { page: [SOLAR], from: "2026-10-25T02:00", to: "2026-10-25T02:59" },
          timeZone: "Europe/Berlin",
        }),
      ),
    ).toHaveLength(1);
    expect(ids(await csvOf({ filter: { assignee: [jana] } }))).toEqual([`${SOLAR}.${solarIds[0]}`]);
  });

  test("is nothing but a header when nothing matches", async () => {
    const rows = await csvOf({ filter: { page: ["1"] } });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toHaveLength(FIXED);
  });

  test("leaves leads to the next one that came after it was asked for", async () => {
    expect(await csvOf({ filter: { page: [SOLAR] }, now: new Date(Date.now() - 3_600_000) })).toHaveLength(1);
  });
});

describe("hostile answers", () => {
  test("come back from CSV, guarded where a spreadsheet could run them", async () => {
    const rows = await csvOf({ filter: { page: [HOSTILE] } });
    expect(hostile.length).toBeGreaterThan(250);
    expect(rows[0]?.at(-1)).toBe("'=Q");
    expect(rows.slice(1).map((row) => row.at(-1))).toEqual(hostile.map(guardFormula));
  });

  test("come back from XLSX as they were", async () => {
    const file = await buffer(await exportLeads(order({ filter: { page: [HOSTILE] }, format: "xlsx" })));
    const [leads, about] = await readExcelFile(file, { trim: false });
    expect(leads?.data[0]?.at(-1)).toBe("=Q");
    expect(leads?.data.slice(1).map((row) => row.at(-1))).toEqual(
      hostile.map((text) => text.replaceAll("\u0001", "␁")),
    );
    expect(about?.data).toContainEqual(["Filter", `page: ${HOSTILE}`]);
    expect(about?.data).toContainEqual(["Leads", String(hostile.length)]);
  });
});

describe("the right to it", () => {
  const agent: Viewer = { ...admin, role: "agent", pageIds: [KITCHEN] };

  test("is the viewer's pages, whatever the filter wishes", async () => {
    expect(ids(await csvOf({ viewer: () => Promise.resolve(agent) }))).toHaveLength(1);
    expect(ids(await csvOf({ viewer: () => Promise.resolve(agent), filter: { page: [SOLAR] } }))).toEqual([]);
  });

  test.each([
    ["the session", null],
    ["a page", agent],
  ])("ends the file when %s is lost while it runs", async (_, then) => {
    let isLost = false;
    const bytes = await exportLeads(
      order({ viewer: () => Promise.resolve(isLost ? then : admin), filter: { page: [MANY] } }),
    );
    isLost = true;
    await expect(buffer(bytes)).rejects.toThrow("while the file was written");
  });

  test("stops with the request", async () => {
    const request = new AbortController();
    const bytes = await exportLeads(order({ signal: request.signal, filter: { page: [MANY] } }));
    request.abort();
    await expect(buffer(bytes)).rejects.toThrow();
  });
});
