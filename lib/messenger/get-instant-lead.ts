import "server-only";
import { askGraph, type GraphAnswer } from "./ask-graph.ts";
import {
  fewestInstantLeadFields,
  type InstantLeadFacts,
  instantLeadAnswer,
  instantLeadFields,
} from "./instant-lead-answer.ts";

/** A submission of an instant form. Its ad's names need rights its answers do not need: without them the answers come alone. */
export async function getInstantLead(leadgenId: string, token: string): Promise<GraphAnswer<InstantLeadFacts>> {
  const ask = (fields: string) =>
    askGraph({ kind: "read", method: "GET", path: leadgenId, token, query: { fields } }, instantLeadAnswer);
  const full = await ask(instantLeadFields);
  const isRefused = full.outcome === "refused" && (full.class === "permission" || full.class === "input");
  return isRefused ? ask(fewestInstantLeadFields) : full;
}
