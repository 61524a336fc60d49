import "server-only";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { mayReplay, type ReplayLine, replayKind } from "./replay.ts";

const SHOWN = 10;

/** The newest replays, the running one among them, with how far they are. For those who may ask for one. */
export async function findReplays(viewer: Viewer): Promise<ReplayLine[]> {
  if (!mayReplay(viewer)) return [];
  const [rows, inLine] = await Promise.all([
    prisma.replay.findMany({ orderBy: [{ askedAt: "desc" }, { id: "desc" }], take: SHOWN }),
    prisma.rawDelivery.count({ where: { state: "waiting", stateReason: "replay" } }),
  ]);
  const users = await prisma.user.findMany({
    where: { id: { in: rows.map(({ byId }) => byId) } },
    select: { id: true, name: true },
  });
  return rows.map(
    ({ id, kind, why, byId, askedAt, endedAt, fromAt, untilAt, total, taken, spoiled, turn, isStopped }) => ({
      ...{ id, why, askedAt, endedAt, fromAt, untilAt, spoiled, isStopped },
      // What came while it was counted is done, too.
      total: Math.max(total, taken + spoiled),
      kind: replayKind.parse(kind),
      by: users.find((user) => user.id === byId)?.name ?? null,
      done: turn === null ? taken : Math.max(0, taken - inLine),
      isRunning: turn !== null,
    }),
  );
}
