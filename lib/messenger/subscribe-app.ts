import "server-only";
import { env } from "#lib/env.ts";
import { appToken } from "./app-token.ts";
import { askGraph, type GraphAnswer } from "./ask-graph.ts";
import { getAppSubscription } from "./get-app-subscription.ts";
import { successAnswer } from "./graph-reply.ts";
import { missingFields, type SubscribedObject, withMissingFields } from "./subscription-fields.ts";

/** Meta asks at the address itself before it answers this, and waits for our answer there. */
const TIMEOUT_MS = 30_000;

/** Has Meta deliver an object's events to our address. `added` is empty when nothing was missing; then nothing is sent. */
export async function subscribeApp(
  object: SubscribedObject,
  callbackUrl: string,
): Promise<GraphAnswer<{ fields: string[]; added: string[] }> | { outcome: "no-app" }> {
  const token = appToken(env.META_APP_ID, env.META_APP_SECRET);
  if (token === null) return { outcome: "no-app" };
  const before = await getAppSubscription(object);
  if (before.outcome !== "ok") return before;
  const { fields, isActive } = before.value;
  const added = missingFields(fields, object);
  if (isActive && before.value.callbackUrl === callbackUrl && added.length === 0) {
    return { ...before, value: { fields, added } };
  }
  const wanted = withMissingFields(fields, object);
  const answer = await askGraph(
    {
      kind: "control",
      method: "POST",
      path: `${env.META_APP_ID}/subscriptions`,
      token,
      timeoutMs: TIMEOUT_MS,
      body: {
        object,
        callback_url: callbackUrl,
        verify_token: env.META_VERIFY_TOKEN,
        fields: wanted.join(","),
        include_values: true,
      },
    },
    successAnswer,
  );
  return answer.outcome === "ok" ? { ...answer, value: { fields: wanted, added } } : answer;
}
