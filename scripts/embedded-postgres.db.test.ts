import { chmodSync, mkdtempSync, realpathSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import pg from "pg";
import { afterEach, expect, test } from "vitest";
import { embeddedUrl, startEmbeddedPostgres } from "./embedded-postgres.ts";

const folder = mkdtempSync(join(tmpdir(), "lead-inbox-closed-"));
const dataDir = join(folder, "data");

afterEach(() => {
  // Where root's data went, and the link to it.
  const home = dirname(realpathSync(join(dataDir, "postgres")));
  for (const path of [home, folder]) rmSync(path, { recursive: true, force: true });
});

// Root's own folders are closed to the system user PostgreSQL runs as.
test("a data folder below a closed folder works, and keeps its data over a restart", async () => {
  chmodSync(folder, 0o700);
  const settings = ["fsync=off"];

  const first = await startEmbeddedPostgres({ dataDir, password: "test", settings });
  expect(await ask(embeddedUrl(dataDir, "test"), "CREATE TABLE kept AS SELECT 7 AS n")).toEqual([]);
  await first.stop();
  expect(statSync(join(dataDir, "postgres")).isDirectory()).toBe(true);

  const second = await startEmbeddedPostgres({ dataDir, password: "test", settings });
  expect(await ask(second.url, "SELECT n FROM kept")).toEqual([{ n: 7 }]);
  await second.stop();
});

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
