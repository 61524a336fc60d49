import { expect, test } from "vitest";
import { leadRow } from "./lead-row.ts";

const at = "2026-11-22T12:00:00.000Z";
const written = {
  ref: "1.a",
  pageId: "1",
  id: "a",
  source: "messenger",
  psid: "7",
  name: null,
  status: "incomplete",
  reason: "stopped",
  stage: "new",
  assignee: { id: "u1", name: "Anna" },
  page: { id: "1", name: "Solar" },
  ad: { id: "5", title: null },
  firstAnswer: "Yes",
  answerCount: 2,
  at,
  receivedAt: at,
  lastActivityAt: at,
  lastInboundAt: at,
  waitingSince: null,
  freeUntil: at,
  probableUntil: null,
  humanUntil: null,
  control: "ours",
  doneAt: null,
  isTest: false,
  changedAt: at,
};

test("a row is the same after its journey to the browser", () => {
  const row = leadRow.parse(written);
  expect(row).toMatchObject({ at: new Date(at), waitingSince: null, assignee: { id: "u1", name: "Anna" } });
  expect(JSON.parse(JSON.stringify(row))).toEqual(written);
  expect(leadRow.parse(JSON.parse(JSON.stringify(row)))).toEqual(row);
});

test.each([
  { status: "lost" },
  { reason: "bored" },
  { stage: "x" },
  { control: "mine" },
  { at: "today" },
  { page: null },
])("a row with %j is none", (odd) => expect(leadRow.safeParse({ ...written, ...odd }).success).toBe(false));
