import "server-only";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { log } from "#lib/log.ts";
import { mayReplay } from "./replay.ts";

/** Puts no more in line; what is in line already is still applied. False when it was over. */
export async function stopReplay(viewer: Viewer, id: string): Promise<boolean> {
  if (!mayReplay(viewer)) return false;
  const { count } = await prisma.replay.updateMany({
    where: { id, turn: "running" },
    data: { turn: null, endedAt: new Date(), isStopped: true },
  });
  if (count > 0) log.info({ event: "replay.stopped", id });
  return count > 0;
}
