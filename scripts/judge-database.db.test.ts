import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { prisma } from "#lib/db.ts";
import { pool } from "#lib/pool.ts";
import { judgeDatabase, markAsDemo } from "./judge-database.ts";
import { runAlone } from "./migration-adapter.ts";

/** The server of the tests runs without fsync, full_page_writes and synchronous_commit: it may lose everything. */
const url = process.env.DATABASE_URL ?? "";
const database = new URL(url).pathname.slice(1);
const said = vi.spyOn(console, "error").mockImplementation(() => {});
beforeEach(() => said.mockClear());
afterAll(() => said.mockRestore());

test("an embedded server that could lose what we answered for is refused", async () => {
  await expect(judgeDatabase(url, true)).rejects.toThrow(
    "PostgreSQL runs with fsync, full_page_writes, synchronous_commit off: a power cut would lose leads we answered for.",
  );
  expect(said).not.toHaveBeenCalled();
});

test("somebody else's is warned about, loudly, and used", async () => {
  await judgeDatabase(url, false);
  expect(said.mock.calls).toEqual([[expect.stringMatching(/^WARNING: PostgreSQL runs with fsync, .* off: /)]]);
});

test("what counts is what our sessions get, wherever it was set", async () => {
  await runAlone(url, `ALTER DATABASE ${database} SET synchronous_commit = on`);
  await judgeDatabase(url, false);
  expect(said.mock.calls).toEqual([[expect.stringContaining("with fsync, full_page_writes off")]]);
  said.mockClear();

  await runAlone(url, `ALTER DATABASE ${database} SET zero_damaged_pages = on`);
  await judgeDatabase(url, false);
  expect(said.mock.calls[1]).toEqual([expect.stringContaining("zero_damaged_pages on")]);
});

test("commits of ours wait for the disk, even where the default says they need not", async () => {
  await runAlone(url, `ALTER DATABASE ${database} SET synchronous_commit = off`);
  const { rows } = await pool().query("SELECT current_setting('synchronous_commit') AS now");
  expect(rows).toEqual([{ now: "on" }]);
  expect(await prisma.$queryRaw`SELECT current_setting('synchronous_commit') AS now`).toEqual([{ now: "on" }]);
});

test("a database of invented people is refused", async () => {
  await markAsDemo(url);
  await expect(judgeDatabase(url, false)).rejects.toThrow("demo data");
});
