import "server-only";
import { faultName } from "#lib/fault-name.ts";
import { log } from "#lib/log.ts";
import { pool } from "#lib/pool.ts";
import type { Refusal } from "./ledger.ts";

/** Anybody may knock; the database hears of it this often at most. */
const EVERY_MS = 5_000;

const counts = new Map<Refusal, number>();
let isDue = false;

/** Counts a request at Meta's door that was not kept. The last seconds before a process ends may go uncounted. */
export function countRefused(why: Refusal): void {
  counts.set(why, (counts.get(why) ?? 0) + 1);
  if (isDue) return;
  isDue = true;
  setTimeout(() => {
    isDue = false;
    void write().catch((cause: unknown) => log.error({ event: "webhook.uncounted", cause: faultName(cause) }));
  }, EVERY_MS).unref();
}

/** Raw, because Prisma cannot add to a count and begin it in one statement, and the door does without it. */
async function write(): Promise<void> {
  const taken = [...counts];
  counts.clear();
  const text = `
    INSERT INTO refused_request (day, why, count)
    SELECT CURRENT_DATE, why, count FROM unnest($1::text[], $2::int[]) AS given (why, count)
    ON CONFLICT (day, why) DO UPDATE SET count = refused_request.count + excluded.count`;
  await pool().query({ text, values: [taken.map(([why]) => why), taken.map(([, count]) => count)] });
}
