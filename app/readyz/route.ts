import { prisma } from "#lib/db.ts";
import { log } from "#lib/log.ts";

export const dynamic = "force-dynamic";

/** Says whether a delivery could be stored right now: a database that takes writes. Why not stands in the log alone. */
export async function GET(): Promise<Response> {
  const headers = { "content-type": "text/plain", "cache-control": "no-store" };
  try {
    const [database] = await prisma.$queryRaw<{ isReadOnly: boolean }[]>`
      SELECT current_setting('transaction_read_only') = 'on' AS "isReadOnly"`;
    if (database?.isReadOnly === false) return new Response("ok", { headers });
    log.warn({ event: "readyz", reason: "the database is read-only" });
  } catch (cause) {
    log.warn({ event: "readyz", reason: "the database does not answer", cause: String(cause) });
  }
  return new Response("not ready", { status: 503, headers: { ...headers, "retry-after": "5" } });
}
