import "server-only";
import { prisma, type Tx } from "#lib/db.ts";
import { log } from "#lib/log.ts";
import { wakeWorker } from "#lib/wake-worker.ts";

/** So many deliveries of a replay are in line at once, and hold so many events about: whatever comes new waits little. */
const MOST_IN_LINE = 250;
const MOST_EVENTS = 2_000;

type Running = { id: string; fromAt: Date | null; untilAt: Date; placeAt: Date | null; placeId: string | null };
type Next = { id: string; receivedAt: Date; isWhole: boolean };

/**
 * Puts the next deliveries of the running replay in line, the oldest first; one whose bytes are not those that came is
 * left out and counted. Ends the replay when all are done. True when it put some in line.
 */
export async function feedReplay(): Promise<boolean> {
  // Most of the time there is none, and that needs no transaction.
  if ((await prisma.replay.count({ where: { turn: "running" } })) === 0) return false;
  const fed = await prisma.$transaction(feed);
  if (fed > 0) await wakeWorker("deliveries");
  return fed > 0;
}

/** Raw for SKIP LOCKED, and to walk along the index of both states at once. */
async function feed(tx: Tx): Promise<number> {
  const [replay] = await tx.$queryRaw<Running[]>`
    SELECT id, "fromAt", "untilAt", "placeAt", "placeId" FROM replay WHERE turn = 'running' FOR UPDATE SKIP LOCKED`;
  if (replay === undefined) return 0;
  const inLine = await tx.rawDelivery.count({ where: { state: "waiting", stateReason: "replay" } });
  if (inLine >= MOST_IN_LINE) return 0;

  const next = await findNext(tx, replay);
  const last = next.at(-1);
  if (last === undefined) {
    if (inLine === 0) await end(tx, replay.id);
    return 0;
  }
  const whole = next.filter(({ isWhole }) => isWhole).map(({ id }) => id);
  const { count } = await tx.rawDelivery.updateMany({
    where: { id: { in: whole }, state: { in: ["opened", "unreadable"] } },
    data: { state: "waiting", stateReason: "replay", attempts: 0, leaseUntil: null },
  });
  await tx.replay.updateMany({
    where: { id: replay.id },
    data: {
      ...{ placeAt: last.receivedAt, placeId: last.id },
      ...{ taken: { increment: whole.length }, spoiled: { increment: next.length - whole.length } },
    },
  });
  return count;
}

function findNext(tx: Tx, { fromAt, untilAt, placeAt, placeId }: Running): Promise<Next[]> {
  return tx.$queryRaw<Next[]>`
    WITH place AS (
      SELECT COALESCE(${placeAt}::timestamptz, ${fromAt}::timestamptz, '-infinity') AS at,
        COALESCE(${placeId}::uuid, '00000000-0000-0000-0000-000000000000') AS id),
    next AS (
      (SELECT r.id, r."receivedAt", r."eventCount" FROM raw_delivery r, place
        WHERE state = 'opened' AND (r."receivedAt", r.id) > (place.at, place.id) AND r."receivedAt" < ${untilAt}::timestamptz
        ORDER BY r."receivedAt", r.id LIMIT ${MOST_IN_LINE})
      UNION ALL
      (SELECT r.id, r."receivedAt", r."eventCount" FROM raw_delivery r, place
        WHERE state = 'unreadable' AND (r."receivedAt", r.id) > (place.at, place.id) AND r."receivedAt" < ${untilAt}::timestamptz
        ORDER BY r."receivedAt", r.id LIMIT ${MOST_IN_LINE})
      ORDER BY "receivedAt", id LIMIT ${MOST_IN_LINE}),
    measured AS (
      SELECT *, sum("eventCount") OVER (ORDER BY "receivedAt", id) - "eventCount" AS before FROM next)
    SELECT m.id, m."receivedAt", sha256(r.body) = r.sha256 AS "isWhole"
    FROM measured m JOIN raw_delivery r ON r.id = m.id WHERE before < ${MOST_EVENTS}
    ORDER BY m."receivedAt", m.id`;
}

async function end(tx: Tx, id: string): Promise<void> {
  await tx.replay.updateMany({ where: { id }, data: { turn: null, endedAt: new Date() } });
  log.info({ event: "replay.ended", id });
}
