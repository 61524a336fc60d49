import "server-only";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { newId } from "#lib/ids.ts";
import { log } from "#lib/log.ts";
import { storableText } from "#lib/messenger/storable-text.ts";
import { tellPageHistory } from "#lib/pages/tell-page-history.ts";
import { wakeWorker } from "#lib/wake-worker.ts";
import { mayReplay, type ReplayOutcome } from "./replay.ts";

/**
 * Has one delivery read and applied once more, from the kept bytes. Raw, to look at the bytes, compare the state and
 * set it in one statement.
 */
export async function replayDelivery(viewer: Viewer, id: string, why: string): Promise<ReplayOutcome> {
  if (!mayReplay(viewer)) return "not-found";
  const [row] = await prisma.$queryRaw<{ receivedAt: Date; isWhole: boolean; isQueued: boolean }[]>`
    WITH kept AS (
      SELECT id, "receivedAt", sha256(body) = sha256 AS "isWhole" FROM raw_delivery WHERE id = ${id}::uuid),
    queued AS (
      UPDATE raw_delivery SET state = 'waiting', "stateReason" = 'replay', attempts = 0, "leaseUntil" = NULL
      FROM kept WHERE raw_delivery.id = kept.id AND "isWhole" AND state IN ('opened', 'unreadable')
      RETURNING 1)
    SELECT "receivedAt", "isWhole", EXISTS (SELECT FROM queued) AS "isQueued" FROM kept`;
  if (row === undefined) return "not-found";
  if (!row.isWhole) return "spoiled";
  if (!row.isQueued) return "in-line";
  await wakeWorker("deliveries");

  const { receivedAt } = row;
  const words = storableText(why);
  const done = { total: 1, taken: 1, endedAt: new Date(), fromAt: receivedAt, untilAt: receivedAt };
  const replay = { id: newId(), kind: "delivery", byId: viewer.agentId, why: words, ...done };
  await prisma.replay.create({ data: replay, select: { id: true } });
  log.info({ event: "replay.asked", id: replay.id, kind: "delivery", deliveryId: id });
  const pages = await prisma.deliveryPage.findMany({
    where: { receivedAt, deliveryId: id },
    select: { pageId: true },
    orderBy: { pageId: "asc" },
  });
  for (const { pageId } of pages) {
    const data = { deliveries: 1, why: words };
    await tellPageHistory(prisma, { pageId, kind: "replayed", actorId: viewer.agentId, data });
  }
  return "queued";
}
