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
 * Has one event applied once more, from the kept bytes of its delivery. One that is not understood is no event yet:
 * its delivery is what can be read again. Raw for the bytes: they are compared where they lie.
 */
export async function replayEvent(
  viewer: Viewer,
  { pageId, key }: { pageId: string; key: string },
  why: string,
): Promise<ReplayOutcome> {
  if (!mayReplay(viewer)) return "not-found";
  const event = await prisma.event.findUnique({
    where: { pageId_key: { pageId, key } },
    select: { kind: true, state: true, receivedAt: true, deliveryId: true },
  });
  if (event === null || !["applied", "parked", "waiting"].includes(event.state)) return "not-found";
  const { receivedAt, deliveryId } = event;
  const connected = await prisma.page.count({ where: { id: pageId, connectedAt: { not: null } } });
  if (connected === 0) return "not-connected";
  const [kept] = await prisma.$queryRaw<{ isWhole: boolean }[]>`
    SELECT sha256(body) = sha256 AS "isWhole" FROM raw_delivery WHERE id = ${deliveryId}::uuid`;
  if (kept === undefined) return "no-bytes";
  if (!kept.isWhole) return "spoiled";

  const { count } = await prisma.event.updateMany({
    where: { pageId, key, state: { in: ["applied", "parked"] } },
    data: { state: "waiting", stateReason: "replay" },
  });
  if (count === 0) return "in-line";
  await wakeWorker("deliveries");

  const words = storableText(why);
  const done = { total: 1, taken: 1, endedAt: new Date(), fromAt: receivedAt, untilAt: receivedAt };
  const replay = { id: newId(), kind: "event", byId: viewer.agentId, why: words, ...done };
  await prisma.replay.create({ data: replay, select: { id: true } });
  log.info({ event: "replay.asked", id: replay.id, kind: "event", deliveryId });
  const data = { deliveries: 0, event: event.kind, why: words };
  await tellPageHistory(prisma, { pageId, kind: "replayed", actorId: viewer.agentId, data });
  return "queued";
}
