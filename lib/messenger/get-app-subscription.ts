import "server-only";
import { z } from "zod";
import { env } from "#lib/env.ts";
import { appToken } from "./app-token.ts";
import { askGraph, type GraphAnswer } from "./ask-graph.ts";
import { claimField, fullListOf, listOf, textField } from "./graph-fields.ts";
import type { SubscribedObject } from "./subscription-fields.ts";

/** Where Meta delivers an object's events to, and which. `callbackUrl` null: nothing is subscribed. */
export type AppSubscription = { callbackUrl: string | null; isActive: boolean; fields: string[] };

// A field is {name, version}, in older answers its name alone.
const field = z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)]);
const subscription = z.object({
  object: textField,
  callback_url: textField,
  active: claimField,
  fields: listOf(field),
});
const subscriptions = z.object({ data: fullListOf(subscription) });

/** The app's own subscription, the other of the two levels that both have to name a field. */
export async function getAppSubscription(
  object: SubscribedObject,
): Promise<GraphAnswer<AppSubscription> | { outcome: "no-app" }> {
  const token = appToken(env.META_APP_ID, env.META_APP_SECRET);
  if (token === null) return { outcome: "no-app" };
  const answer = await askGraph(
    { kind: "read", method: "GET", path: `${env.META_APP_ID}/subscriptions`, token },
    subscriptions,
  );
  if (answer.outcome !== "ok") return answer;
  const found = answer.value.data.find((one) => one.object === object);
  const { callback_url: callbackUrl = null, active = null, fields = [] } = found ?? {};
  return { ...answer, value: { callbackUrl, isActive: active === true, fields } };
}
