import "server-only";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { log } from "#lib/log.ts";

/**
 * Stops everything from leaving; what is on its way to Meta in this moment arrives. Without a viewer an operator said
 * so. Raw, because the row names the transaction that wrote it; one written by a restore is not touched: a worker has
 * to see it as it is.
 */
export async function pauseSending(viewer: Viewer | null): Promise<"paused" | "already-paused" | "not-allowed"> {
  if (viewer?.role === "agent") return "not-allowed";
  const byId = viewer?.agentId ?? null;
  const count = await prisma.$executeRaw`
    UPDATE sending SET "pausedAt" = now(), "pausedWhy" = 'by_person', "pausedById" = ${byId}::uuid,
      "writtenBy" = pg_current_xact_id()::xid::text
    WHERE id = 1 AND "pausedAt" IS NULL AND "writtenBy" = xmin::text`;
  if (count === 1) log.info({ event: "sending.paused", byId });
  return count === 1 ? "paused" : "already-paused";
}
