import { describe, expect, test } from "vitest";
import type { ExportLead } from "#lib/leads/export-lead.ts";
import { asked, cellsOf, columnsOf } from "./columns.ts";

const lead: ExportLead = {
  pageId: "104411223344556",
  id: "0192f7c1-5b1e-7abc-8def-0123456789ab",
  psid: "7719004412345678",
  at: new Date("2026-11-22T21:30:00.123Z"),
  receivedAt: new Date("2026-11-22T21:30:01Z"),
  page: { name: "Solar Süd" },
  platform: "messenger",
  ad: {
    id: "120231004567890101",
    title: "Solar roof",
    name: "Video A",
    campaignId: "120231004567890001",
    campaignName: "Solar Q4",
  },
  status: "incomplete",
  reason: "stopped",
  stage: "new",
  fullName: "Ana Keller",
  assignee: "Jana",
  firstResponseSeconds: 0,
  lastInboundAt: new Date("2026-11-22T21:29:00Z"),
  windowClosesAt: new Date("2026-11-29T21:29:00Z"),
  answers: [],
};
const answers = (...texts: [string, string][]) => texts.map(([question, answer]) => ({ question, answer }));
const fixed = columnsOf([], "UTC").headers.length;

test("the columns sales teams know come first, in this order", () => {
  expect(columnsOf([], "UTC").headers.join(", ")).toBe(
    "id, created_time, received_time, page_id, page_name, platform, ad_id, ad_name, ad_title, campaign_id, campaign_name, lead_status, lead_reason, psid, full_name, assignee, stage, first_response_seconds, last_customer_message_time, window_closes_time",
  );
});

test("a lead's cells stand under their columns, times by the viewer's clock with its offset", () => {
  const columns = columnsOf([], "Europe/Berlin");
  const cells = cellsOf(lead, columns);
  expect(Object.fromEntries(columns.headers.map((header, i) => [header, cells[i]]))).toEqual({
    id: "104411223344556.0192f7c1-5b1e-7abc-8def-0123456789ab",
    created_time: "2026-11-22T22:30:00.123+01:00",
    received_time: "2026-11-22T22:30:01.000+01:00",
    page_id: "104411223344556",
    page_name: "Solar Süd",
    platform: "messenger",
    ad_id: "120231004567890101",
    ad_name: "Video A",
    ad_title: "Solar roof",
    campaign_id: "120231004567890001",
    campaign_name: "Solar Q4",
    lead_status: "incomplete",
    lead_reason: "stopped",
    psid: "7719004412345678",
    full_name: "Ana Keller",
    assignee: "Jana",
    stage: "new",
    first_response_seconds: "0",
    last_customer_message_time: "2026-11-22T22:29:00.000+01:00",
    window_closes_time: "2026-11-29T22:29:00.000+01:00",
  });
});

test("what is not known is an empty cell", () => {
  const bare = {
    ...lead,
    ad: null,
    reason: null,
    fullName: null,
    assignee: null,
    firstResponseSeconds: null,
    lastInboundAt: null,
    windowClosesAt: null,
  };
  expect(cellsOf(bare, columnsOf([], "UTC")).filter((cell) => cell === "").length).toBe(11);
});

describe("question columns", () => {
  const questions = asked(answers(["Roof?", "-"], ["Roof?", "-"], ["City?", "-"])).map(({ question, repeat }) => ({
    question,
    repeat,
  }));

  test("one per distinct text, a repeat inside one lead with its number", () => {
    expect(columnsOf(questions, "UTC").headers.slice(fixed)).toEqual(["Roof?", "Roof? (2)", "City?"]);
  });

  test("answers find their column whatever the order, missing ones are empty", () => {
    const columns = columnsOf(questions, "UTC");
    const given = { ...lead, answers: answers(["City?", "Ulm"], ["Roof?", "flat"]) };
    expect(cellsOf(given, columns).slice(fixed)).toEqual(["flat", "", "Ulm"]);
  });

  test("a question worded like another header gets a name of its own", () => {
    const tricky = [
      { question: "stage", repeat: 1 },
      { question: "A", repeat: 1 },
      { question: "A", repeat: 2 },
      { question: "A (2)", repeat: 1 },
    ];
    expect(columnsOf(tricky, "UTC").headers.slice(fixed)).toEqual(["stage (2)", "A", "A (2)", "A (2) (2)"]);
    const given = { ...lead, answers: answers(["A", "1"], ["A (2)", "3"], ["A", "2"], ["stage", "0"]) };
    expect(cellsOf(given, columnsOf(tricky, "UTC")).slice(fixed)).toEqual(["0", "1", "2", "3"]);
  });

  test("an answer without a column breaks the file instead of vanishing", () => {
    expect(() => cellsOf({ ...lead, answers: answers(["New?", "yes"]) }, columnsOf(questions, "UTC"))).toThrow(
      "question that came up",
    );
  });
});
