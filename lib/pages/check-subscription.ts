import "server-only";
import { prisma } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import { getAppSubscription } from "#lib/messenger/get-app-subscription.ts";
import { getSubscription } from "#lib/messenger/get-subscription.ts";
import { subscribeApp } from "#lib/messenger/subscribe-app.ts";
import { subscribePage } from "#lib/messenger/subscribe-page.ts";
import { missingFields, type SubscribedObject } from "#lib/messenger/subscription-fields.ts";
import { askMeta } from "./ask-meta.ts";
import { reportTrouble } from "./report-trouble.ts";
import { tellPageHistory } from "./tell-page-history.ts";

export type SubscriptionCheck = {
  outcome: "subscribed" | "unsubscribed" | "hidden" | "dead" | "no-answer";
  wasLost: boolean;
};

/**
 * Whether Meta delivers a page's events to us, on both levels: a field missing on either brings silence, without an
 * error. What is missing is put back; what cannot be is a trouble.
 */
export async function checkSubscription(pageId: string): Promise<SubscriptionCheck> {
  const page = await checkPageLevel(pageId);
  if (page.outcome === "dead" || page.outcome === "no-answer") return page;
  const platform = await prisma.page.findUnique({ where: { id: pageId }, select: { platform: true } });
  const app = await checkAppLevel(pageId, platform?.platform === "instagram" ? "instagram" : "page");
  const outcome = app.outcome === "unsubscribed" ? "unsubscribed" : page.outcome;
  return { outcome, wasLost: page.wasLost || app.wasLost };
}

async function checkPageLevel(pageId: string): Promise<SubscriptionCheck> {
  const have = await askMeta(pageId, ({ graphId, token }) => getSubscription(graphId, token), { isCheck: true });
  if (have.outcome === "refused" && have.class === "auth") return { outcome: "dead", wasLost: false };
  // Without the permission to look there is nothing to find; the token's own check says that it is missing.
  if (have.outcome === "refused" && have.class === "permission") return { outcome: "hidden", wasLost: false };
  if (have.outcome !== "ok") return { outcome: "no-answer", wasLost: false };
  const names = missingFields(have.value.isSubscribed ? have.value.fields : [], "page");
  if (names.length === 0) return { outcome: "subscribed", wasLost: false };

  const put = await askMeta(pageId, ({ graphId, token }) => subscribePage(graphId, token), { isCheck: true });
  return repaired(pageId, "page", names, put.outcome === "ok");
}

async function checkAppLevel(pageId: string, object: SubscribedObject): Promise<SubscriptionCheck> {
  const have = await getAppSubscription(object);
  if (have.outcome !== "ok") return { outcome: "no-answer", wasLost: false };
  const { isActive, fields, callbackUrl } = have.value;
  const names = missingFields(isActive ? fields : [], object);
  if (names.length === 0) return { outcome: "subscribed", wasLost: false };

  // An address that is set stays: it may lead here through somebody's proxy, or belong to another installation.
  const put = await subscribeApp(object, callbackUrl ?? `${env.APP_URL.replace(/\/+$/, "")}/api/messenger/webhook`);
  return repaired(pageId, "app", names, put.outcome === "ok");
}

async function repaired(
  pageId: string,
  layer: "page" | "app",
  names: string[],
  isDone: boolean,
): Promise<SubscriptionCheck> {
  if (!isDone) {
    await reportTrouble(pageId, { kind: "unsubscribed", reason: layer, names });
    // What is missed is read again once events arrive again; until then it would be read for ever.
    return { outcome: "unsubscribed", wasLost: false };
  }
  await tellPageHistory(prisma, { pageId, kind: "resubscribed", data: { layer, names } });
  return { outcome: "subscribed", wasLost: true };
}
