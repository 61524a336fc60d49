import "server-only";
import { databaseNow } from "#lib/database-now.ts";
import { prisma } from "#lib/db.ts";
import { inspectToken } from "#lib/messenger/inspect-token.ts";
import { askMeta } from "./ask-meta.ts";
import { checkSubscription } from "./check-subscription.ts";
import { clearTrouble } from "./clear-trouble.ts";
import { learnFeatures } from "./learn-features.ts";
import { CONTACT_TERMS } from "./page-trouble.ts";
import { reportTrouble } from "./report-trouble.ts";
import { tellGap } from "./tell-gap.ts";
import { endsSoonAt, missingScopes, revokedWord } from "./token-health.ts";

const MINUTE = 60 * 1000;
/** Within five minutes a lost subscription is noticed, jitter included. */
const EVERY_MS = 4 * MINUTE;
const JITTER_MS = 30 * 1000;
const DEAD_EVERY_MS = 30 * MINUTE;
const TOKEN_EVERY_MS = 30 * MINUTE;
const AGAIN_MS = MINUTE;
/** Nobody looked for so long: we were not there, and Meta's events may not have found us either. */
const GAP_MS = 15 * MINUTE;
/** Meta says when an app is not live, never when it is; a day without hearing of it is taken for good news. */
const TEST_ONLY_MS = 24 * 60 * MINUTE;

export type CheckOutcome = "checked" | "not-connected" | "no-answer";

/** Looks at a page as Meta sees it: token, permissions, subscription, features. Repairs what can be repaired from here. */
export async function checkPage(pageId: string, { isAsked = false } = {}): Promise<CheckOutcome> {
  const page = await prisma.page.findUnique({ where: { id: pageId }, select: { connectedAt: true } });
  if (page === null || page.connectedAt === null) return "not-connected";
  const health = await prisma.pageHealth.upsert({ where: { pageId }, create: { pageId }, update: {} });
  const now = new Date();
  const checkedAt = health.checkedAt;

  const isTokenDue = isAsked || checkedAt === null || slot(checkedAt) !== slot(now) || (await isDead(pageId));
  const token = isTokenDue ? await checkToken(pageId, now, isAsked) : "alive";
  if (token === "dead") return finish(pageId, now, DEAD_EVERY_MS, "checked");

  const subscription = await checkSubscription(pageId);
  if (subscription.outcome === "no-answer") return finish(pageId, null, AGAIN_MS, "no-answer");
  if (subscription.outcome === "dead") return finish(pageId, now, DEAD_EVERY_MS, "checked");
  // Both the facts and a real call say so: the token works.
  await clearTrouble(pageId, ["revoked"]);

  const lostAt = subscription.outcome === "subscribed" ? await endLoss(pageId) : null;
  const wasAway = checkedAt !== null && now.getTime() - checkedAt.getTime() > GAP_MS;
  const since = lostAt ?? (wasAway || subscription.wasLost ? checkedAt : null);
  if (since !== null) await tellGap(pageId, since);
  if (isTokenDue) await learnFeatures(pageId);
  const quiet = {
    pageId,
    kind: "test_only",
    ...(isAsked ? {} : { since: { lt: new Date(now.getTime() - TEST_ONLY_MS) } }),
  };
  if ((await prisma.pageTrouble.count({ where: quiet })) > 0) await clearTrouble(pageId, ["test_only"]);
  return finish(pageId, now, EVERY_MS + (Math.random() * 2 - 1) * JITTER_MS, "checked");
}

/** Every half hour has one look at the token, the first of it. */
const slot = (at: Date): number => Math.floor(at.getTime() / TOKEN_EVERY_MS);

async function isDead(pageId: string): Promise<boolean> {
  return (await prisma.pageTrouble.count({ where: { pageId, kind: "revoked" } })) > 0;
}

/** The token lacks nothing. Whether Meta's terms were accepted it does not say; somebody who asks for a check has done it. */
async function endMissing(pageId: string, isAsked: boolean): Promise<void> {
  const terms = { pageId, kind: "missing_permission", reason: CONTACT_TERMS };
  if (isAsked || (await prisma.pageTrouble.count({ where: terms })) === 0) {
    await clearTrouble(pageId, ["missing_permission"]);
  }
}

/** Events arrive again: since when they may not have, where that was a trouble. The look before it was still fine. */
async function endLoss(pageId: string): Promise<Date | null> {
  const trouble = await prisma.pageTrouble.findUnique({
    where: { pageId_kind: { pageId, kind: "unsubscribed" } },
    select: { since: true },
  });
  if (trouble === null) return null;
  await clearTrouble(pageId, ["unsubscribed"]);
  return new Date(trouble.since.getTime() - EVERY_MS - JITTER_MS);
}

/** `unknown`: Meta did not say; the calls that follow will tell. */
async function checkToken(pageId: string, now: Date, isAsked: boolean): Promise<"alive" | "dead" | "unknown"> {
  let ids: string[] = [];
  let platform: "messenger" | "instagram" = "messenger";
  // The question is asked with the app's token, so a refusal of it says nothing about the page.
  const read = await askMeta(
    pageId,
    async (access) => {
      ids = [pageId, access.graphId];
      platform = access.platform;
      const answer = await inspectToken(access.token);
      return answer.outcome === "ok" ? answer : { outcome: "unknown" as const };
    },
    { isCheck: true },
  );
  if (read.outcome !== "ok") return "unknown";
  const facts = read.value;
  if (!facts.isValid) {
    await reportTrouble(pageId, { kind: "revoked", reason: revokedWord(facts) });
    return "dead";
  }
  const expiresAt = endsSoonAt(facts, now);
  if (expiresAt === null) await clearTrouble(pageId, ["expiring"]);
  else await reportTrouble(pageId, { kind: "expiring", expiresAt });
  const names = missingScopes(facts, platform, ids);
  if (names[0] === undefined) await endMissing(pageId, isAsked);
  else await reportTrouble(pageId, { kind: "missing_permission", reason: names[0], names });
  await prisma.pageHealth.updateMany({ where: { pageId }, data: { tokenExpiresAt: facts.expiresAt } });
  return "alive";
}

async function finish(
  pageId: string,
  checkedAt: Date | null,
  inMs: number,
  outcome: CheckOutcome,
): Promise<CheckOutcome> {
  const checkDueAt = new Date((await databaseNow(prisma)).getTime() + inMs);
  await prisma.pageHealth.updateMany({
    where: { pageId },
    data: { checkDueAt, ...(checkedAt === null ? {} : { checkedAt }) },
  });
  return outcome;
}
