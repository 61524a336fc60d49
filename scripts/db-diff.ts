import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "./embedded-postgres.ts";
import { Refusal } from "./refusal.ts";
import { runCommand } from "./run-command.ts";
import { diffFromMigrations } from "./schema-engine.ts";

/**
 * `npm run db:diff -- NAME`: writes the next migration from prisma/schema.prisma. Works on a throw-away
 * server. Read the file before committing it: it drops whatever the schema file does not name.
 * With `--check` it writes nothing and fails where a migration is missing.
 */
await runCommand(async () => {
  const name = process.argv[2] ?? "";
  const isCheck = name === "--check";
  if (!isCheck && !/^[a-z0-9_]+$/.test(name)) {
    throw new Refusal("Name the migration in small letters: npm run db:diff -- add_lead_stage");
  }
  const dataDir = mkdtempSync(join(tmpdir(), "lead-inbox-diff-"));
  chmodSync(dataDir, 0o755);
  const server = await startEmbeddedPostgres({ dataDir, password: "diff", settings: ["fsync=off"] });
  try {
    const sql = await diffFromMigrations(server.url);
    if (sql === "") {
      console.log("Nothing to do: the migrations already lead to the schema.");
      return 0;
    }
    if (isCheck) {
      console.error(`The schema is ahead of the migrations; npm run db:diff -- NAME would write:\n${sql}`);
      return 1;
    }
    const stamp = new Date().toISOString().replaceAll(/\D/g, "").slice(0, 14);
    const folder = join(import.meta.dirname, "..", "prisma", "migrations", `${stamp}_${name}`);
    mkdirSync(folder);
    writeFileSync(join(folder, "migration.sql"), sql);
    console.log(`Wrote prisma/migrations/${stamp}_${name}/migration.sql. Read it before you commit it.`);
    return 0;
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
});
