import { NextRequest } from "next/server";
import { beforeAll, expect, test } from "vitest";
import { auth } from "#lib/agents/auth.ts";
import { createUser } from "#lib/agents/create-user.ts";
import { prisma } from "#lib/db.ts";
import { leadRow } from "#lib/leads/lead-row.ts";
import { writeLeads, writePage } from "../../../../prisma/factories.ts";
import { GET as GET_COUNTS } from "../counts/route.ts";
import { GET } from "./route.ts";

const PAGE = "104411223344556";
const OTHER = "104411223399887";
let cookie: string;
let refs: string[];

const request = (path: string, cookies = cookie) =>
  new NextRequest(`http://localhost:3000/api/leads/${path}`, { headers: { cookie: cookies } });
const ask = (query: string, cookies = cookie) => GET(request(`changed?${query}`, cookies));
const count = (query: string, cookies = cookie) => GET_COUNTS(request(`counts?${query}`, cookies));

beforeAll(async () => {
  const person = { email: "jana@example.org", password: "correct horse battery" };
  await createUser({ ...person, name: "Jana", role: "agent" });
  await prisma.user.updateMany({ data: { allPages: false } });
  const { id: userId } = await prisma.user.findFirstOrThrow();
  const { headers } = await auth().api.signInEmail({ body: person, returnHeaders: true });
  cookie = headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");

  for (const id of [PAGE, OTHER]) await writePage(id, `Page ${id}`);
  await prisma.pageAccess.create({ data: { pageId: PAGE, userId } });
  const at = new Date("2026-11-22T21:30:00Z");
  const given = [
    { pageId: PAGE, psid: "1", at, answers: [{ question: "Roof?", answer: "flat" }] },
    { pageId: PAGE, psid: "2", at, status: "incomplete" as const, reason: "stopped" as const },
    { pageId: OTHER, psid: "3", at },
  ];
  const ids = await writeLeads(given);
  refs = ids.map((id, i) => `${given[i]?.pageId}.${id}`);
});

test("answers with the rows the screen shows, and with nobody else's", async () => {
  const response = await ask(`refs=${refs.join(",")}`);
  expect(response.headers.get("cache-control")).toBe("no-store");
  const { rows } = await response.json();
  expect(rows).toHaveLength(2);
  expect(leadRow.parse(rows.find(({ ref }: { ref: string }) => ref === refs[0]))).toMatchObject({
    firstAnswer: "flat",
    answerCount: 1,
    page: { id: PAGE, name: `Page ${PAGE}` },
    at: new Date("2026-11-22T21:30:00Z"),
    assignee: null,
  });
});

test("answers as the filter wants it", async () => {
  const { rows } = await (await ask(`status=incomplete&refs=${refs.join(",")}`)).json();
  expect(rows).toMatchObject([{ ref: refs[1], reason: "stopped" }]);
  expect(await (await count("")).json()).toMatchObject({ all: 2, complete: 1, incomplete: 1 });
  expect(await (await count(`page=${OTHER}`)).json()).toMatchObject({ all: 0 });
});

test("refuses strangers, and what it does not understand", async () => {
  for (const door of [ask, count]) {
    expect((await door(`refs=${refs[0]}`, "")).status).toBe(401);
    expect((await door("refs=x")).status).toBe(400);
  }
});
