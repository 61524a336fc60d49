import "server-only";
import { databaseNow } from "#lib/database-now.ts";
import { prisma, type Tx } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import { newId } from "#lib/ids.ts";
import type { ControlOutcome } from "#lib/messenger/control-thread.ts";
import type { NotAsked } from "#lib/pages/ask-meta.ts";
import type { ControlFact } from "./control.ts";
import { judgeRefusal } from "./control-refusal.ts";
import { extendThread } from "./extend-thread.ts";
import { getEpoch } from "./get-epoch.ts";
import { learnRouting } from "./learn-routing.ts";
import { factOf, type LeasedAction } from "./leased-action.ts";
import { lockThread } from "./lock-thread.ts";
import { readRouting } from "./read-routing.ts";

type Refused = Extract<ControlOutcome, { outcome: "refused" }>;
type Ending = {
  state: "done" | "failed" | "unknown";
  stateReason: string | null;
  errorCode?: number | null;
  errorSubcode?: number | null;
  fbtraceId?: string | null;
};

/** Writes how a thread action ended, and what its answer tells about the thread and the page. */
export async function settleControlAction(action: LeasedAction, result: ControlOutcome | NotAsked): Promise<void> {
  const { pageId, psid } = action;
  await prisma.$transaction(async (tx) => {
    await lockThread(tx, { pageId, psid });
    switch (result.outcome) {
      case "done":
        return settleDone(tx, action);
      case "refused":
        return settleRefused(tx, action, result);
      case "not-sent":
        await end(tx, action, { state: "failed", stateReason: notSentReason(result) });
        return;
      case "unclear":
        if (await end(tx, action, { state: "unknown", stateReason: "unclear" })) await askWhoOwns(tx, action);
    }
  });
}

async function settleDone(tx: Tx, action: LeasedAction): Promise<void> {
  const { pageId, kind } = action;
  const at = new Date();
  if (!(await end(tx, action, { state: "done", stateReason: null }, at))) return;
  const page = await tx.page.findUniqueOrThrow({ where: { id: pageId }, select: { platform: true } });
  const place = { ourAppId: env.META_APP_ID, isInstagram: page.platform === "instagram" };
  const fact = factOf(action, at, place);
  if (fact !== null) await record(tx, action, fact);
  // Taking works with routing alone, asking without it alone.
  if (kind === "take") await learnRouting(tx, pageId, { routing: "configured", takeRefusedAt: null });
  if (kind === "request") await learnRouting(tx, pageId, { routing: "none" });
  if (kind === "request" || kind === "pass_default") await askWhoOwns(tx, action);
}

async function settleRefused(tx: Tx, action: LeasedAction, refused: Refused): Promise<void> {
  const { pageId, psid, id, kind, authorId } = action;
  const health = await tx.pageHealth.findUnique({ where: { pageId }, select: { routing: true } });
  const verdict = judgeRefusal(kind, refused.word, readRouting(health?.routing ?? null));
  const { code, subcode, fbtraceId } = refused;
  const error = { errorCode: code, errorSubcode: subcode, fbtraceId };
  if (!(await end(tx, action, { state: "failed", stateReason: verdict.reason, ...error }))) return;

  if (verdict.forbidsTaking) await learnRouting(tx, pageId, { takeRefusedAt: new Date() });
  if (verdict.refutesRouting) await learnRouting(tx, pageId, { routing: null });
  if (verdict.asksInstead) {
    await tx.controlAction.create({
      data: { pageId, psid, id: newId(), intentId: newId(), epoch: await getEpoch(tx), authorId, kind: "request" },
      select: { id: true },
    });
  }
  if (refused.class === "thread") {
    const isAsking = refused.word === "questionsRunning";
    const fact = { key: `action:${id}`, appId: null, at: new Date(), isLeadHandover: false };
    await record(tx, action, { ...fact, source: "send_error", kind: isAsking ? "leadgen_asking" : "refused" });
  }
  // What Meta finds wrong with the call itself is most often that somebody else holds the thread, or we do already.
  if (refused.class === "thread" || refused.class === "input") await askWhoOwns(tx, action);
}

/** False when another worker took the action over meanwhile: then it tells. */
async function end(
  tx: Tx,
  { pageId, id, leaseNumber }: LeasedAction,
  ending: Ending,
  at = new Date(),
): Promise<boolean> {
  const { count } = await tx.controlAction.updateMany({
    where: { pageId, id, leaseNumber, state: "running" },
    data: { ...ending, settledAt: at, leaseUntil: null },
  });
  return count === 1;
}

async function record(tx: Tx, { pageId, psid }: LeasedAction, fact: ControlFact): Promise<void> {
  await extendThread(tx, { pageId, psid }, { facts: [fact] }, fact.at);
}

async function askWhoOwns(tx: Tx, { pageId, psid }: LeasedAction): Promise<void> {
  await tx.thread.update({
    where: { pageId_psid: { pageId, psid } },
    data: { refreshDueAt: await databaseNow(tx), refreshTries: 0 },
    select: { psid: true },
  });
}

function notSentReason(result: { outcome: "not-sent" } | NotAsked): string {
  if (!("reason" in result)) return "metaUnavailable";
  return result.reason === "paused" ? "throttled" : "tokenInvalid";
}
