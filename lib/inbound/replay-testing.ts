/** For tests: everything the database knows of customers, to be compared with itself. */
import pg from "pg";

type Row = Record<string, unknown>;
type Told = { table: string; row: Row };

/** Columns that say when we heard or asked, not what is known; settings that stand beside what Meta told of an ad. */
const OWN_CLOCKS = [
  "createdAt",
  "changedAt",
  "firstSeenAt",
  "refreshDueAt",
  "fetchDueAt",
  "namesRetryAt",
  "profileRetryAt",
  "autoReply",
];
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Each row of each table with customer data. When a lead was last written to is all that may differ. */
export async function dumpTables(): Promise<string[]> {
  const rows = await withClient(readTables);
  return rows.map(({ table, row }) => `${table} ${JSON.stringify(without(row, ["changedAt"]))}`).toSorted();
}

/** The same as it would read in another database: ids of our own, our clocks and what we sent are left out. */
export async function dumpMeaning(): Promise<string[]> {
  const rows = await withClient(readTables);
  const names = new Map(
    rows.flatMap(({ table, row }) => {
      if (table !== "lead") return table === "event" ? [[String(row.deliveryId), String(row.deliveryId)] as const] : [];
      return [
        [String(row.id), JSON.stringify([row.pageId, row.psid, row.source, row.at, row.status, row.adId])] as const,
      ];
    }),
  );
  return (
    rows
      .filter(({ table, row }) => table !== "reply" && !(table === "page_history" && row.key === null))
      // What a lead seemed to be on the way depends on how much of it came at once.
      .filter(({ table, row }) => table !== "activity" || row.kind !== "status_changed")
      .map(({ table, row }) => {
        const omitted = [...OWN_CLOCKS, ...(table === "activity" || table === "page_history" ? ["at"] : [])];
        if (table === "activity" && row.kind === "created") omitted.push("data");
        return `${table} ${JSON.stringify(without(row, omitted)).replaceAll(UUID, (id) => names.get(id) ?? "<id>")}`;
      })
      .toSorted()
  );
}

/** What two dumps do not share, from both sides. */
export function difference(before: readonly string[], after: readonly string[]): string[] {
  const [was, is] = [new Set(before), new Set(after)];
  const lost = before.filter((line) => !is.has(line)).map((line) => `- ${line}`);
  return [...lost, ...after.filter((line) => !was.has(line)).map((line) => `+ ${line}`)];
}

/** As if only the kept bytes, the pages and the people who sign in had been saved. */
export async function keepBytesOnly(): Promise<void> {
  await withClient(async (client) => {
    const tables = (await tablesOf(client)).filter((name) => !["page_health", "page_history"].includes(name));
    await client.query(`TRUNCATE ${tables.map((name) => `"${name}"`).join(", ")}`);
    await client.query(`DELETE FROM page_history WHERE key IS NOT NULL`);
  });
}

async function readTables(client: pg.Client): Promise<Told[]> {
  const told: Told[] = [];
  for (const table of await tablesOf(client)) {
    const { rows } = await client.query<{ row: Row }>(`SELECT to_jsonb(t) AS row FROM "${table}" t`);
    told.push(...rows.map(({ row }) => ({ table, row })));
  }
  // Who had it replayed is told, and is no news about customers.
  return told.filter(({ table, row }) => table !== "page_history" || row.kind !== "replayed");
}

async function tablesOf(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name = 'pageId' AND table_name <> 'page_access' ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

async function withClient<T>(use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

function without(row: Row, omitted: readonly string[]): Row {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !omitted.includes(name)));
}
