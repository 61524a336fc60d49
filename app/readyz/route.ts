import { prisma } from "#lib/db.ts";
import { faultName } from "#lib/fault-name.ts";
import { log } from "#lib/log.ts";

export const dynamic = "force-dynamic";

/**
 * Says whether a delivery could be stored right now: the door keeps up with what arrives, and the database takes
 * writes. Why not stands in the log alone.
 */
export async function GET(): Promise<Response> {
  const headers = { "content-type": "text/plain", "cache-control": "no-store" };
  const trouble = await findTrouble();
  if (trouble === null) return new Response("ok", { headers });
  log.warn({ event: "readyz", ...trouble });
  return new Response("not ready", { status: 503, headers: { ...headers, "retry-after": "5" } });
}

async function findTrouble(): Promise<{ reason: string; cause?: string } | null> {
  const keeping = globalThis.leadInboxKeeping?.trouble ?? null;
  if (keeping !== null) return { reason: `deliveries are not kept: ${keeping}` };
  try {
    const [database] = await prisma.$queryRaw<{ isReadOnly: boolean }[]>`
      SELECT current_setting('transaction_read_only') = 'on' AS "isReadOnly"`;
    return database?.isReadOnly === false ? null : { reason: "the database is read-only" };
  } catch (cause) {
    return { reason: "the database does not answer", cause: faultName(cause) };
  }
}
