import "server-only";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { newId } from "#lib/ids.ts";
import { log } from "#lib/log.ts";
import { storableText } from "#lib/messenger/storable-text.ts";
import { tellPageHistory } from "#lib/pages/tell-page-history.ts";
import { wakeWorker } from "#lib/wake-worker.ts";
import { mayReplay, type RangeOutcome } from "./replay.ts";

/** Null: without a beginning, or up to now. */
export type ReplayRange = { fromAt: Date | null; untilAt: Date | null };

/**
 * Has every delivery received in a span read and applied once more. One such replay at a time; the worker puts them in
 * line bit by bit, behind what comes meanwhile. Raw for the pages, to count by page.
 */
export async function replayRange(viewer: Viewer, range: ReplayRange, why: string): Promise<RangeOutcome> {
  if (!mayReplay(viewer)) return { outcome: "not-found" };
  const now = new Date();
  const { fromAt } = range;
  const untilAt = range.untilAt === null || range.untilAt > now ? now : range.untilAt;
  const receivedAt = { ...(fromAt === null ? {} : { gte: fromAt }), lt: untilAt };
  const total = await prisma.rawDelivery.count({ where: { state: { in: ["opened", "unreadable"] }, receivedAt } });
  if (total === 0) return { outcome: "nothing" };

  const id = newId();
  const words = storableText(why);
  const { count } = await prisma.replay.createMany({
    data: { id, kind: "range", byId: viewer.agentId, why: words, fromAt, untilAt, turn: "running", total },
    skipDuplicates: true,
  });
  if (count === 0) return { outcome: "running" };
  log.info({ event: "replay.asked", id, kind: "range", deliveries: total });
  await wakeWorker("deliveries");

  const pages = await prisma.deliveryPage.groupBy({ by: ["pageId"], where: { receivedAt }, _count: true });
  for (const { pageId, _count } of pages) {
    const data = { deliveries: _count, why: words };
    await tellPageHistory(prisma, { pageId, kind: "replayed", actorId: viewer.agentId, data });
  }
  return { outcome: "begun", total };
}
