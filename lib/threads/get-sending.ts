import "server-only";
import { z } from "zod";
import { findAgentNames } from "#lib/agents/find-agent-names.ts";
import { pagesWithin, type Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { Prisma } from "#lib/generated/prisma/client.ts";
import { pauseWhy, restoreSign, type SendingState } from "./sending.ts";

/** Whether replies leave, and what waits on the viewer's pages while they do not. */
export async function getSending(viewer: Viewer): Promise<SendingState> {
  const pageId = pagesWithin(viewer, []) ?? Prisma.skip;
  const sending = await prisma.sending.findUnique({ where: { id: 1 } });
  const held = await prisma.reply.count({ where: { pageId, state: "unknown", stateReason: "before_restore" } });
  if (sending === null || sending.pausedAt === null) {
    return { pausedAt: null, why: null, byName: null, signs: [], waiting: 0, held };
  }
  const { pausedAt, epoch } = sending;
  const waiting = await prisma.reply.count({ where: { pageId, state: "queued", epoch } });
  const byId = sending.pausedById;
  const byName = byId === null ? null : (await findAgentNames([byId]))(byId);
  const why = pauseWhy.parse(sending.pausedWhy);
  const signs = why === "restored" ? z.array(restoreSign).parse(sending.restoredBy) : [];
  return { pausedAt, why, byName, signs, waiting, held };
}
