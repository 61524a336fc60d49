import "server-only";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { wakeWorker } from "#lib/wake-worker.ts";

export type RetryOutcome = { outcome: "queued"; count: number } | { outcome: "not-allowed" };

/** Puts what was set aside back in line, after a fix: the worker applies it from the kept bytes. Not for agents. */
export async function retryParkedEvents(viewer: Viewer): Promise<RetryOutcome> {
  if (viewer.role === "agent") return { outcome: "not-allowed" };
  const { count } = await prisma.event.updateMany({
    where: { state: "parked", ...(viewer.pageIds === null ? {} : { pageId: { in: viewer.pageIds } }) },
    data: { state: "waiting", stateReason: "apply_again" },
  });
  if (count > 0) await wakeWorker("deliveries");
  return { outcome: "queued", count };
}
