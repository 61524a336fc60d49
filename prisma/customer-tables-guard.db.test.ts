import { readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const guard = readFileSync(join(import.meta.dirname, "customer-tables-guard.sql"), "utf8");
const client = new pg.Client({ connectionString: process.env.DATABASE_URL });

async function faults(): Promise<string[]> {
  const { rows } = await client.query<{ fault: string; table: string; name: string }>(guard);
  return rows.map((row) => `${row.table}: ${row.fault} (${row.name})`);
}

/** What the guard says while the statement is in force; nothing of it stays. */
async function faultsAfter(statement: string): Promise<string[]> {
  await client.query("BEGIN");
  try {
    await client.query(statement);
    return await faults();
  } finally {
    await client.query("ROLLBACK");
  }
}

beforeAll(() => client.connect());
afterAll(() => client.end());

describe("tables of customer data", () => {
  test("keep the rules of their keys", async () => {
    expect(await faults()).toEqual([]);
  });

  test.each([
    ['CREATE UNIQUE INDEX planted ON "lead" ("psid")', "lead: unique key does not start with pageId (planted)"],
    ['CREATE TABLE planted ("pageId" text NOT NULL, id int)', "planted: no primary key ()"],
    [
      'CREATE TABLE planted ("pageId" int, id int, PRIMARY KEY ("pageId", id))',
      "planted: pageId is not text NOT NULL (integer)",
    ],
    ['ALTER TABLE "note" ADD COLUMN planted int GENERATED ALWAYS AS IDENTITY', "note: sequence or identity (planted)"],
    [
      'CREATE TABLE planted (id int PRIMARY KEY, p text, l uuid, CONSTRAINT planted_fk FOREIGN KEY (p, l) REFERENCES "lead" ("pageId", "id"))',
      "planted: FK from outside into a customer table (planted_fk)",
    ],
  ])("are guarded against: %s", async (statement, fault) => {
    expect(await faultsAfter(statement)).toContain(fault);
  });
});

describe("closed sets of words", () => {
  test("are kept by the database too", async () => {
    const { rows } = await client.query<{ conname: string }>(
      "SELECT conname FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace",
    );
    expect(rows.map((row) => row.conname)).toContain("lead_status_word");
    await expect(
      client.query(
        `INSERT INTO "user" (id, name, email, role, "updatedAt") VALUES (gen_random_uuid(), 'A', 'a@b.c', 'king', now())`,
      ),
    ).rejects.toThrow("user_role_word");
  });
});
