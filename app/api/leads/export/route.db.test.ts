import { parse } from "csv-parse/sync";
import { NextRequest } from "next/server";
import readExcelFile from "read-excel-file/node";
import { beforeAll, describe, expect, test } from "vitest";
import { auth } from "#lib/agents/auth.ts";
import { createUser } from "#lib/agents/create-user.ts";
import { writeLeads, writePage } from "../../../../prisma/factories.ts";
import { GET } from "./route.ts";

const PAGE = "104411223344556";
let cookie: string;

const get = (query: string, cookies = cookie) =>
  GET(new NextRequest(`http://localhost:3000/api/leads/export${query}`, { headers: { cookie: cookies } }));

beforeAll(async () => {
  const person = { email: "jana@example.org", password: "correct horse battery" };
  await createUser({ ...person, name: "Jana", role: "agent" });
  const { headers } = await auth().api.signInEmail({ body: person, returnHeaders: true });
  cookie = headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");

  await writePage(PAGE, "Solar Süd");
  await writeLeads([
    {
      pageId: PAGE,
      psid: "1",
      at: new Date("2026-11-22T21:30:00Z"),
      answers: [{ question: "Roof?", answer: "=flat" }],
    },
  ]);
});

describe("a download", () => {
  test("is CSV under a name of ours, kept by nobody on the way", async () => {
    const response = await get("?format=csv", `${cookie}; tz=Europe%2FBerlin`);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(response.headers.get("content-disposition")).toMatch(
      /^attachment; filename="leads-\d{4}-\d\d-\d\d-\d{4}\.csv"$/,
    );
    expect(response.headers.get("cache-control")).toBe("no-store");

    const rows: string[][] = parse(Buffer.from(await response.bytes()), { bom: true });
    expect(rows).toHaveLength(2);
    expect(rows[1]?.[1]).toBe("2026-11-22T22:30:00.000+01:00");
    expect(rows[1]?.at(-1)).toBe("'=flat");
  });

  test("is CSV with semicolons on request", async () => {
    const text = await (await get("?format=csv&delimiter=semicolon")).text();
    expect(text).toContain('"id";"created_time";');
  });

  test("is a workbook another library opens", async () => {
    const response = await get("?format=xlsx&status=complete");
    expect(response.headers.get("content-disposition")).toMatch(/\.xlsx"$/);
    const [leads, about] = await readExcelFile(Buffer.from(await response.bytes()));
    expect(leads?.data[1]?.at(-1)).toBe("=flat");
    expect(about?.data[0]).toEqual(["Filter", "status: complete"]);
  });

  test.each(["Mars/Olympus", "%0d%0ax: y", "%"])("with a time zone nobody knows (%s) is in UTC", async (zone) => {
    const rows: string[][] = parse(await (await get("?format=csv", `${cookie}; tz=${zone}`)).text(), { bom: true });
    expect(rows[1]?.[1]).toBe("2026-11-22T21:30:00.000+00:00");
  });
});

describe("refused in a sentence", () => {
  test("to strangers", async () => {
    const response = await get("?format=csv", "");
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ error: "Please sign in to download leads." });
  });

  test.each(["", "?format=pdf", "?format=csv&colour=red", "?format=csv&status=sold"])(
    "when asked for %j",
    async (query) => {
      const response = await get(query);
      expect(response.status).toBe(400);
      expect(await response.json()).toEqual({ error: expect.stringMatching(/\.$/) });
    },
  );
});
