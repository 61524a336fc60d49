import "server-only";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { type Prisma, PrismaClient } from "#lib/generated/prisma/client.ts";
import { env } from "./env.ts";
import { sessionOptions } from "./session-options.ts";

/** A transaction's client: what a verb takes that works inside one. */
export type Tx = Prisma.TransactionClient;

declare global {
  // Next bundles modules more than once; one process keeps one pool all the same.
  var leadInboxDb: PrismaClient | undefined;
}

/** How many statements the database is asked to remember, per connection. */
const REMEMBERED = 200;

/**
 * A name for what the worker says over and over: our raw statements, all of which begin on a new line. The database
 * then reads them once per connection. It still plans them each time: a plan made while a table was empty would be
 * kept while a storm fills it. Prisma's own vary too much, and stay without a name.
 */
function nameStatements(): (query: { sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    if (!sql.startsWith("\n")) return "";
    const known = names.get(sql);
    if (known !== undefined || names.size >= REMEMBERED) return known ?? "";
    const name = `lead_inbox_${names.size}`;
    names.set(sql, name);
    return name;
  };
}

/**
 * A statement waits at most 5 s, a lock 3 s, an idle transaction 15 s, a connection 3 s; the worker's
 * statements may take 60 s. Prisma's own transaction time-out stays above these, so the database speaks first.
 */
function connect(): PrismaClient {
  const isWorker = process.env.LEAD_INBOX_PROCESS === "worker";
  const pool = new pg.Pool({
    // What we commit is on disk, whatever a role or a database has as its default.
    ...sessionOptions(
      env.DATABASE_URL,
      `-c synchronous_commit=on${isWorker ? " -c plan_cache_mode=force_custom_plan" : ""}`,
    ),
    max: 10,
    connectionTimeoutMillis: 3_000,
    statement_timeout: isWorker ? 60_000 : 5_000,
    lock_timeout: 3_000,
    idle_in_transaction_session_timeout: 15_000,
  });
  // Between the pool and the adapter nobody listens for a moment, and a connection that dies just then would take the
  // process along. Whose work it was hears of it by the statement that fails.
  pool.on("connect", (client) => client.on("error", () => {}));
  const adapter = new PrismaPg(pool, {
    disposeExternalPool: true,
    ...(isWorker ? { statementNameGenerator: nameStatements() } : {}),
  });
  return new PrismaClient({ adapter, transactionOptions: { maxWait: 5_000, timeout: 20_000 } });
}

export const prisma: PrismaClient = new Proxy<PrismaClient>(Object.create(null), {
  get: (_, name) => {
    globalThis.leadInboxDb ??= connect();
    return Reflect.get(globalThis.leadInboxDb, name);
  },
});
