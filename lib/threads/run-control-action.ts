import "server-only";
import { prisma } from "#lib/db.ts";
import { log } from "#lib/log.ts";
import { controlThread } from "#lib/messenger/control-thread.ts";
import { askMeta } from "#lib/pages/ask-meta.ts";
import { callOf, type LeasedAction } from "./leased-action.ts";
import { openEpoch } from "./open-epoch.ts";
import { settleControlAction } from "./settle-control-action.ts";
import type { ThreadKey } from "./thread-key.ts";

/** Carries out the next thread action agents asked for. Returns its thread, or null when none waits. */
export async function runControlAction(): Promise<ThreadKey | null> {
  const action = await leaseAction();
  if (action === null) return null;
  const { pageId, psid, kind } = action;
  const result = await askMeta(pageId, ({ token, graphId, platform }) =>
    controlThread(callOf(action), { pageId: graphId, psid, platform }, token),
  );
  await settleControlAction(action, result);
  log.info({ event: "control.settled", pageId, kind, outcome: result.outcome });
  return { pageId, psid };
}

/**
 * Also takes up what a dead worker left behind: asking Meta for control twice does no harm. Nobody is written to by it,
 * so it goes on while sending is paused. Raw for SKIP LOCKED.
 */
async function leaseAction(): Promise<LeasedAction | null> {
  const [action] = await prisma.$queryRaw<LeasedAction[]>`
    UPDATE control_action SET state = 'running', "leaseUntil" = now() + interval '20 seconds', "leaseNumber" = "leaseNumber" + 1
    WHERE ("pageId", id) = (
      SELECT "pageId", id FROM control_action
      WHERE (state = 'queued' OR (state = 'running' AND "leaseUntil" < now()))
        AND epoch = ${openEpoch({ evenPaused: true })}
      ORDER BY "createdAt" FOR UPDATE SKIP LOCKED LIMIT 1)
    RETURNING "pageId", psid, id, kind, "targetAppId", seconds, "authorId", "leaseNumber"`;
  return action ?? null;
}
