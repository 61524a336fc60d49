import "server-only";
import type { Tx } from "./db.ts";

/**
 * What the database's clock says. Waits and leases are compared with it, so whoever writes one asks it: the clocks of
 * web and worker may be wrong. Raw, because Prisma fills in its own clock.
 */
export async function databaseNow(db: Tx): Promise<Date> {
  const [row] = await db.$queryRaw<{ now: Date }[]>`
    SELECT clock_timestamp() AS now`;
  if (row === undefined) throw new Error("The database does not say what time it is.");
  return row.now;
}
