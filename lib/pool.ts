import "server-only";
import pg from "pg";
import { env } from "./env.ts";
import { sessionOptions } from "./session-options.ts";

declare global {
  // Web's server and the pages Next bundles share one process, and this.
  var leadInboxPool: pg.Pool | undefined;
}

/**
 * A few connections without Prisma in between, for single statements said hundreds of times a second: keeping
 * deliveries, hints, counts. They do not compete with the agents' pages, and pages cannot use them up.
 */
export function pool(): pg.Pool {
  globalThis.leadInboxPool ??= connect();
  return globalThis.leadInboxPool;
}

/**
 * The database gives up after 5 s, on a lock after 3 s; one that says nothing at all is left after 6 s. What we
 * promise must be on disk, whatever a role or a database has as its default.
 */
function connect(): pg.Pool {
  const made = new pg.Pool({
    ...sessionOptions(env.DATABASE_URL, "-c synchronous_commit=on"),
    max: 4,
    connectionTimeoutMillis: 3_000,
    query_timeout: 6_000,
    statement_timeout: 5_000,
    lock_timeout: 3_000,
    idle_in_transaction_session_timeout: 15_000,
    keepAlive: true,
    allowExitOnIdle: true,
  });
  // Whose statement a dying connection carried hears of it by that statement.
  made.on("error", () => {});
  made.on("connect", (client) => client.on("error", () => {}));
  return made;
}
