import "server-only";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { log } from "#lib/log.ts";
import { wakeWorker } from "#lib/wake-worker.ts";

/**
 * Lets replies leave again: those written since sending was paused; what waited before a restore stays. Without a
 * viewer an operator said so. Raw, because the row names the transaction that wrote it.
 */
export async function resumeSending(viewer: Viewer | null): Promise<"resumed" | "not-paused" | "not-allowed"> {
  if (viewer?.role === "agent") return "not-allowed";
  const byId = viewer?.agentId ?? null;
  const count = await prisma.$executeRaw`
    UPDATE sending SET "pausedAt" = NULL, "pausedWhy" = NULL, "pausedById" = NULL, "resumedAt" = now(),
      "resumedById" = ${byId}::uuid, "writtenBy" = pg_current_xact_id()::xid::text
    WHERE id = 1 AND "pausedAt" IS NOT NULL AND "writtenBy" = xmin::text`;
  if (count === 0) return "not-paused";
  log.info({ event: "sending.resumed", byId });
  await wakeWorker("replies");
  return "resumed";
}
