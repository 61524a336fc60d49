import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";

/** What a piece of the worker's work says to PostgreSQL, as PostgreSQL's own log tells, and saying it again for others. */
export type Statement = { sql: string; values: (string | null)[] };

/** Settings under which PostgreSQL writes every statement down. */
export const RECORDING = [
  "logging_collector=on",
  "log_destination=jsonlog",
  "log_directory=log",
  "log_statement=all",
  "log_min_messages=warning",
];

type Line = { pid?: number; message?: string; detail?: string };

/** The transactions that speak of one of these words, each as a list of statements, in the order they ended. */
export function readTransactions(dataDir: string, words: readonly string[]): Statement[][] {
  const open = new Map<number, Statement[]>();
  const done: Statement[][] = [];
  for (const { pid = 0, message = "", detail = "" } of logLines(join(dataDir, "postgres/log"))) {
    const sql = /^(?:execute [^:]*|statement): ([\s\S]*)$/.exec(message)?.[1];
    if (sql === undefined) continue;
    if (/^BEGIN/i.test(sql)) open.set(pid, []);
    open.get(pid)?.push({ sql, values: valuesOf(detail) });
    if (!/^(COMMIT|ROLLBACK$)/i.test(sql)) continue;
    const transaction = open.get(pid);
    if (transaction !== undefined) done.push(transaction);
    open.delete(pid);
  }
  const isOurs = ({ values }: Statement) =>
    values.some((value) => value !== null && words.some((word) => value.includes(word)));
  return done.filter((transaction) => transaction.some(isOurs));
}

function logLines(folder: string): Line[] {
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return files
    .sort()
    .flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n"))
    .flatMap((line): Line[] => {
      try {
        return [JSON.parse(line)];
      } catch {
        return [];
      }
    });
}

/** `Parameters: $1 = 'it''s', $2 = NULL` */
function valuesOf(detail: string): (string | null)[] {
  return [...detail.matchAll(/\$\d+ = (NULL|'(?:[^']|'')*')/g)].map(([, given = ""]) =>
    given === "NULL" ? null : given.slice(1, -1).replaceAll("''", "'"),
  );
}

/** Ids of people, of rows, and hashed keys: what differs from one piece of work to the next. */
const OWN = /77190\d{11}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{64}/g;

/** The same statements about other people: every id of the recording has one in each repetition. */
export function forOthers(transactions: readonly Statement[][], repetition: number): Statement[][] {
  const other = (id: string) => {
    const digest = createHash("sha256").update(`${repetition} ${id}`).digest("hex");
    if (id.length === 64) return digest;
    if (id.includes("-")) return digest.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
    return `88190${BigInt(`0x${digest.slice(0, 12)}`)
      .toString()
      .padStart(11, "0")
      .slice(-11)}`;
  };
  return transactions.map((transaction) =>
    transaction.map(({ sql, values }) => ({ sql, values: values.map((value) => value?.replace(OWN, other) ?? null) })),
  );
}

/** Says it all, each repetition on one of so many connections. Returns the seconds it took. */
export async function replay(url: string, connections: number, repetitions: Statement[][][]): Promise<number> {
  const clients = Array.from({ length: connections }, () => new pg.Client({ connectionString: url }));
  await Promise.all(clients.map((client) => client.connect()));
  const startedAt = performance.now();
  let next = 0;
  try {
    await Promise.all(
      clients.map(async (client) => {
        for (let own = repetitions[next++]; own !== undefined; own = repetitions[next++]) {
          for (const { sql, values } of own.flat()) await client.query(sql, values);
        }
      }),
    );
    return (performance.now() - startedAt) / 1_000;
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}
