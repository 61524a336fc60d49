import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "../scripts/embedded-postgres.ts";
import { migrate } from "../scripts/migrate.ts";
import { runAlone, withDatabase } from "../scripts/migration-adapter.ts";
import { ProcessGroup } from "../scripts/process-group.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** The server's own database; each test file clones the template beside it. */
    postgresUrl: string;
  }
}

/** As if a worker had looked at the database and knew nothing of its place: so replies leave, in each clone. */
const LOOKED_AT = `UPDATE sending SET place = '{"system":null,"timeline":null,"database":null,"folder":null}',
  server = extract(epoch FROM pg_postmaster_start_time())::text, "writtenBy" = pg_current_xact_id()::xid::text`;

/** One PostgreSQL for a test run, with a migrated template. Losing its data at a power cut would hurt nobody. */
export default async function testServer(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), "lead-inbox-test-"));
  chmodSync(dataDir, 0o755);
  const settings = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=300"];
  const server = await startEmbeddedPostgres({ dataDir, password: "test", database: "template_app", settings });
  const postgresUrl = withDatabase(server.url, "postgres");
  await migrate(new ProcessGroup(), server.url);
  await runAlone(server.url, LOOKED_AT);
  await runAlone(postgresUrl, "ALTER DATABASE template_app WITH is_template true allow_connections false");
  project.provide("postgresUrl", postgresUrl);
  return async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}
