import "server-only";
import { z } from "zod";
import { askGraph, type GraphAnswer } from "./ask-graph.ts";
import { claimField, listOf, textField } from "./graph-fields.ts";

export type Routing = "configured" | "none";

/** Null: Meta does not say. */
export type PageFeatures = {
  messenger: Routing | null;
  instagram: Routing | null;
  /** Whether the Human Agent feature was granted. */
  hasHumanAgent: boolean | null;
};

const statusAnswer = z.object({
  messaging_feature_status: z.object({ msgr_multi_app: claimField, ig_multi_app: claimField }).nullish().catch(null),
});
const reviewAnswer = z.object({ data: listOf(z.object({ feature: textField, status: textField })) });

/** How a page's threads are routed between apps, and what its app may do. Asked with the page's own token. */
export async function getPageFeatures(pageId: string, token: string): Promise<GraphAnswer<PageFeatures>> {
  const status = await askGraph(
    { kind: "read", method: "GET", path: "me", token, query: { fields: "messaging_feature_status" } },
    statusAnswer,
  );
  if (status.outcome !== "ok") return status;
  const { msgr_multi_app: messenger = null, ig_multi_app: instagram = null } =
    status.value.messaging_feature_status ?? {};
  const hasHumanAgent = await askHumanAgent(pageId, token);
  return {
    ...status,
    value: { messenger: routing(messenger), instagram: routing(instagram), hasHumanAgent },
  };
}

/** The review is a help, not a need: whatever goes wrong here, the routing is known all the same. */
async function askHumanAgent(pageId: string, token: string): Promise<boolean | null> {
  const review = await askGraph(
    { kind: "read", method: "GET", path: `${pageId}/messaging_feature_review`, token },
    reviewAnswer,
  );
  if (review.outcome !== "ok") return null;
  const feature = review.value.data.find(
    (one) => one.feature?.toLowerCase().replaceAll(/[^a-z]/g, "") === "humanagent",
  );
  return feature === undefined ? null : feature.status?.toLowerCase() === "approved";
}

function routing(isConfigured: boolean | null): Routing | null {
  if (isConfigured === null) return null;
  return isConfigured ? "configured" : "none";
}
