import pg from "pg";
import { DURABILITY_SETTINGS, durabilityFaults } from "./durability.ts";
import { Refusal } from "./refusal.ts";

/** Written on the database of the demo and of development, whose people are invented. */
const DEMO_MARK = "Lead Inbox demo data";

export async function markAsDemo(url: string): Promise<void> {
  await withClient(url, async (client) => {
    await client.query(`COMMENT ON DATABASE ${client.escapeIdentifier(client.database ?? "app")} IS '${DEMO_MARK}'`);
  });
}

/** Whether production may run on this database: refused or warned about here, in a sentence each. */
export async function judgeDatabase(url: string, isEmbedded: boolean): Promise<void> {
  await withClient(url, async (client) => {
    const { rows } = await client.query<{ version: number; mark: string | null; settings: Record<string, string> }>(
      `SELECT current_setting('server_version_num')::int AS version,
              (SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()) AS mark,
              (SELECT jsonb_object_agg(name, setting) FROM pg_settings WHERE name = ANY ($1)) AS settings`,
      [DURABILITY_SETTINGS],
    );
    const found = rows[0];
    if (found === undefined) return;
    if (found.version < 150_000) {
      throw new Refusal(`This PostgreSQL is version ${Math.floor(found.version / 10_000)}; 15 or newer is needed.`);
    }
    if (found.mark === DEMO_MARK) {
      throw new Refusal(
        "This database holds demo data, and this is production. Set DATABASE_URL or DATA_DIR to another one.",
      );
    }
    for (const { kind, sentence } of durabilityFaults(found.settings)) {
      if (isEmbedded && kind === "loss") throw new Refusal(sentence);
      console.error(`WARNING: ${sentence}`);
    }
  });
}

export async function hasAdministrator(url: string): Promise<boolean> {
  return withClient(url, async (client) => {
    const { rowCount } = await client.query(
      `SELECT 1 FROM "user" WHERE role = 'admin' AND "disabledAt" IS NULL LIMIT 1`,
    );
    return rowCount === 1;
  });
}

async function withClient<Result>(url: string, act: (client: pg.Client) => Promise<Result>): Promise<Result> {
  let client: pg.Client;
  try {
    client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
    await client.connect();
  } catch (cause) {
    const why =
      cause instanceof Error ? cause.message || ("code" in cause ? String(cause.code) : cause.name) : String(cause);
    throw new Refusal(`PostgreSQL cannot be reached (${why}). Check DATABASE_URL.`, { cause });
  }
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}
