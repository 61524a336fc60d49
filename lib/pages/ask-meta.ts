import "server-only";
import { databaseNow } from "#lib/database-now.ts";
import { prisma } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import { faultName } from "#lib/fault-name.ts";
import { log } from "#lib/log.ts";
import type { GraphErrorClass, GraphErrorStep, GraphErrorWord } from "#lib/messenger/graph-error-table.ts";
import { type GraphUsage, pauseMsAfter } from "#lib/messenger/graph-usage.ts";
import { unseal } from "#lib/seal.ts";
import { clearTrouble } from "./clear-trouble.ts";
import { readPageRefusal } from "./page-refusal.ts";
import { tokenPlace } from "./page-token.ts";
import { mayRead, type TroubleKind, troubleKind } from "./page-trouble.ts";
import { pausePage } from "./pause-page.ts";
import { reportTrouble } from "./report-trouble.ts";

export type PageAccess = { token: string; graphId: string; platform: "messenger" | "instagram" };

/** What every call's outcome has in common with every other's: it may tell of limits and of refusals. */
export type GraphOutcomeLike = {
  outcome: string;
  usage?: GraphUsage | null;
  retryAfterMs?: number | null;
  class?: GraphErrorClass;
  word?: GraphErrorWord;
  step?: GraphErrorStep;
  subcode?: number | null;
};

/** No call was made: the page has no token that works, or Meta asked us to wait. */
export type NotAsked = { outcome: "not-sent"; reason: "no-token" | "paused" };

/** Meta says "slow down" without saying for how long. */
const THROTTLED_MS = 60 * 1000;

/**
 * Makes a call to Meta for a page: with its token, unless the token is known dead or the page rests, and
 * writing down what the answer says about the page as a whole. Nothing is open while Meta answers. A check asks
 * with a token that is held for dead, too: that is how we learn that it lives again.
 */
export async function askMeta<T extends GraphOutcomeLike>(
  pageId: string,
  call: (access: PageAccess) => Promise<T>,
  { isCheck = false }: { isCheck?: boolean } = {},
): Promise<T | NotAsked> {
  const [page, health, troubles] = await Promise.all([
    prisma.page.findUnique({
      where: { id: pageId },
      select: { sealedToken: true, connectedAt: true, graphId: true, platform: true },
    }),
    prisma.pageHealth.findUnique({ where: { pageId }, select: { pausedUntil: true, usagePercent: true } }),
    prisma.pageTrouble.findMany({ where: { pageId }, select: { kind: true } }),
  ]);
  const kinds = troubles.map(({ kind }) => ({ kind: troubleKind.parse(kind) }));
  const token = page?.connectedAt && page.sealedToken ? openToken(pageId, page.sealedToken) : null;
  // A key was lost or a row was changed. The page waits for a new token, as it does when Meta no longer takes the old one.
  if (page?.sealedToken && token === null) await reportTrouble(pageId, { kind: "revoked", reason: "tokenInvalid" });
  if (page === null || token === null || !(isCheck || mayRead(kinds)))
    return { outcome: "not-sent", reason: "no-token" };
  if (health?.pausedUntil && health.pausedUntil > (await databaseNow(prisma)))
    return { outcome: "not-sent", reason: "paused" };

  const platform = page.platform === "instagram" ? "instagram" : "messenger";
  const answer = await call({ token, graphId: page.graphId ?? pageId, platform });
  await recordUsage(pageId, answer, health?.usagePercent ?? null);
  await recordRefusal(pageId, answer, kinds);
  return answer;
}

function openToken(pageId: string, sealed: Uint8Array): string | null {
  try {
    return unseal(sealed, tokenPlace(pageId), env.ENCRYPTION_KEYS);
  } catch (cause) {
    log.error({ event: "page.token-unreadable", pageId, cause: faultName(cause) });
    return null;
  }
}

async function recordUsage(pageId: string, answer: GraphOutcomeLike, known: number | null): Promise<void> {
  const percent = answer.usage?.percent ?? null;
  const isThrottled = answer.class === "throttled" && answer.step === "pause_page";
  // Limits on ads and forms are no reason to hold messages back.
  const asked = Math.max(pauseMsAfter(answer.usage ?? null), isThrottled ? (answer.retryAfterMs ?? 0) : 0);
  const pauseMs = isThrottled && asked === 0 ? THROTTLED_MS : asked;
  if (pauseMs > 0) return pausePage(pageId, pauseMs, percent);
  if (percent === null || Math.round(percent) === known) return;
  const usagePercent = Math.round(percent);
  await prisma.pageHealth.upsert({ where: { pageId }, create: { pageId, usagePercent }, update: { usagePercent } });
}

async function recordRefusal(
  pageId: string,
  answer: GraphOutcomeLike,
  known: readonly { kind: TroubleKind }[],
): Promise<void> {
  // An accepted message is the proof that a restriction is over; no other call is.
  if (answer.outcome === "accepted" && known.some(({ kind }) => kind === "restricted")) {
    return clearTrouble(pageId, ["restricted"]);
  }
  if (answer.class === undefined || answer.word === undefined) return;
  const { trouble, isCheckDue } = readPageRefusal({
    class: answer.class,
    word: answer.word,
    subcode: answer.subcode ?? null,
  });
  // What the token lacks is known better and weighs more.
  const isKnown = trouble?.kind === "missing_permission" && known.some(({ kind }) => kind === trouble.kind);
  if (trouble !== null && !isKnown) await reportTrouble(pageId, trouble);
  if (!isCheckDue) return;
  const checkDueAt = await databaseNow(prisma);
  await prisma.pageHealth.upsert({ where: { pageId }, create: { pageId, checkDueAt }, update: { checkDueAt } });
}
