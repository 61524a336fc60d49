import "server-only";
import { z } from "zod";
import { askGraph, type GraphAnswer } from "./ask-graph.ts";
import { fullListOf, nextField } from "./graph-fields.ts";
import {
  fewestInstantLeadFields,
  type InstantLeadFacts,
  instantLeadAnswer,
  instantLeadFields,
} from "./instant-lead-answer.ts";

const answer = z
  .object({ data: fullListOf(instantLeadAnswer), paging: nextField })
  .transform(({ data, paging }) => ({ leads: data, after: paging }));

/** The submissions of a form since a moment, a page of them at a time. Meta shows them for 90 days. */
export async function listFormLeads(
  formId: string,
  token: string,
  { since, after = null, limit = 100 }: { since: Date; after?: string | null; limit?: number },
): Promise<GraphAnswer<{ leads: InstantLeadFacts[]; after: string | null }>> {
  const value = Math.floor(since.getTime() / 1000);
  const filtering = JSON.stringify([{ field: "time_created", operator: "GREATER_THAN", value }]);
  const ask = (fields: string) =>
    askGraph(
      {
        kind: "read",
        method: "GET",
        path: `${formId}/leads`,
        token,
        query: { fields, filtering, limit: String(limit), ...(after === null ? {} : { after }) },
      },
      answer,
    );
  const full = await ask(instantLeadFields);
  const isRefused = full.outcome === "refused" && (full.class === "permission" || full.class === "input");
  return isRefused ? ask(fewestInstantLeadFields) : full;
}
