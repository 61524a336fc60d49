import "server-only";
import { prisma } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import { log } from "#lib/log.ts";
import { PAGE_INBOX_APP_ID } from "#lib/messenger/app-ids.ts";
import { type ControlCall, type ControlOutcome, controlThread } from "#lib/messenger/control-thread.ts";
import { askMeta, type NotAsked } from "#lib/pages/ask-meta.ts";
import type { ControlFact } from "./control.ts";
import { lockThread } from "./lock-thread.ts";
import { recordControlFact } from "./record-control-fact.ts";
import { refreshControl } from "./refresh-control.ts";
import type { ThreadKey } from "./thread-key.ts";

type LeasedAction = ThreadKey & { id: string; kind: ControlCall; leaseNumber: number };

/** Carries out the next thread action agents asked for. Returns its thread, or null when none waits. */
export async function runControlAction(): Promise<ThreadKey | null> {
  const action = await leaseAction();
  if (action === null) return null;
  const result = await askMeta(action.pageId, ({ token, graphId, platform }) =>
    controlThread(action.kind, { pageId: graphId, psid: action.psid, platform }, token),
  );
  await settle(action, result);
  log.info({ event: "control.settled", pageId: action.pageId, kind: action.kind, outcome: result.outcome });
  return { pageId: action.pageId, psid: action.psid };
}

/** Also takes up what a dead worker left behind: asking Meta for control twice does no harm. Raw for SKIP LOCKED. */
async function leaseAction(): Promise<LeasedAction | null> {
  const [action] = await prisma.$queryRaw<LeasedAction[]>`
    UPDATE control_action SET state = 'running', "leaseUntil" = now() + interval '20 seconds', "leaseNumber" = "leaseNumber" + 1
    WHERE ("pageId", id) = (
      SELECT "pageId", id FROM control_action
      WHERE state = 'queued' OR (state = 'running' AND "leaseUntil" < now())
      ORDER BY "createdAt" FOR UPDATE SKIP LOCKED LIMIT 1)
    RETURNING "pageId", psid, id, kind, "leaseNumber"`;
  return action ?? null;
}

async function settle(action: LeasedAction, result: ControlOutcome | NotAsked): Promise<void> {
  const now = new Date();
  const { pageId, psid, id, leaseNumber } = action;
  await prisma.$transaction(async (tx) => {
    await lockThread(tx, { pageId, psid });
    const { count } = await tx.controlAction.updateMany({
      where: { pageId, id, leaseNumber, state: "running" },
      data: { ...ending(result), settledAt: now, leaseUntil: null },
    });
    const fact = result.outcome === "done" ? factOf(action, now) : null;
    if (count !== 1 || fact === null) return;
    await recordControlFact(tx, { pageId, psid }, fact, now);
    await refreshControl(tx, { pageId, psid });
  });
}

function ending(result: ControlOutcome | NotAsked): {
  state: string;
  stateReason: string | null;
  errorCode?: number | null;
  errorSubcode?: number | null;
  fbtraceId?: string | null;
} {
  switch (result.outcome) {
    case "done":
      return { state: "done", stateReason: null };
    case "refused": {
      const { code, subcode, fbtraceId, word } = result;
      return { state: "failed", stateReason: word, errorCode: code, errorSubcode: subcode, fbtraceId };
    }
    case "not-sent":
      return { state: "failed", stateReason: "reason" in result ? "page_stopped" : "metaUnavailable" };
    case "unclear":
      return { state: "unknown", stateReason: "unclear" };
  }
}

/** What an accepted call says about control. A request is only a wish; its event tells when it was granted. */
function factOf({ id, kind }: LeasedAction, at: Date): ControlFact | null {
  const fact = { key: `action:${id}`, source: "api", at, isLeadHandover: false } as const;
  switch (kind) {
    case "take":
      return { ...fact, kind: "owner", appId: env.META_APP_ID };
    case "pass_page_inbox":
      return { ...fact, kind: "owner", appId: PAGE_INBOX_APP_ID };
    case "release":
      // No webhook tells of a release.
      return { ...fact, kind: "released", appId: null };
    case "request":
      return null;
  }
}
