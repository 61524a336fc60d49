import "server-only";
import { prisma } from "#lib/db.ts";
import { log } from "#lib/log.ts";
import { tellGap } from "#lib/pages/tell-gap.ts";
import { wakeWorker } from "#lib/wake-worker.ts";

const NAME = "webhook";
/** Meta tries again for some minutes; what was missed for longer has to be asked for. */
const GAP_SECONDS = 120;

/**
 * Says that the webhook's door is open and the database with it. When nobody has said so for a while, deliveries were
 * turned away: every page's conversations are to be read again from then on. Any number of processes may say it.
 * Raw, because the moment before has to come back from the same statement.
 */
export async function noteOpenDoor(): Promise<Date | null> {
  const [row] = await prisma.$queryRaw<{ since: Date | null }[]>`
    WITH before AS (SELECT at FROM heartbeat WHERE name = ${NAME} FOR UPDATE),
    beat AS (
      INSERT INTO heartbeat (name, at) VALUES (${NAME}, now())
      ON CONFLICT (name) DO UPDATE SET at = GREATEST(heartbeat.at, excluded.at))
    SELECT (SELECT at FROM before WHERE at < now() - make_interval(secs => ${GAP_SECONDS})) AS since`;
  const since = row?.since ?? null;
  if (since === null) return null;

  log.warn({ event: "webhook.was-closed", since: since.toISOString() });
  const pages = await prisma.page.findMany({ where: { connectedAt: { not: null } }, select: { id: true } });
  for (const { id } of pages) await tellGap(id, since);
  void wakeWorker("pages");
  return since;
}
