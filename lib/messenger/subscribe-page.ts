import "server-only";
import { askGraph, type GraphAnswer } from "./ask-graph.ts";
import { getSubscription } from "./get-subscription.ts";
import { successAnswer } from "./graph-reply.ts";
import { missingFields, withMissingFields } from "./subscription-fields.ts";

/** Subscribes our app to a page's events. `added` is empty when nothing was missing; then nothing is sent either. */
export async function subscribePage(
  pageId: string,
  token: string,
): Promise<GraphAnswer<{ fields: string[]; added: string[] }>> {
  const before = await getSubscription(pageId, token);
  if (before.outcome !== "ok") return before;
  const { isSubscribed, fields } = before.value;
  const added = missingFields(fields, "page");
  if (isSubscribed && added.length === 0) return { ...before, value: { fields, added } };

  const wanted = withMissingFields(fields, "page");
  const answer = await askGraph(
    {
      kind: "control",
      method: "POST",
      path: `${pageId}/subscribed_apps`,
      token,
      body: { subscribed_fields: wanted.join(",") },
    },
    successAnswer,
  );
  return answer.outcome === "ok" ? { ...answer, value: { fields: wanted, added } } : answer;
}
