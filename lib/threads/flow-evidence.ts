/** What a thread saw around its question flows. */
import { isLeadgen } from "#lib/messenger/app-ids.ts";
import { type Control, controlHistory } from "./control.ts";
import type { NewControlFact } from "./thread-news.ts";

export type FlowEvidence = {
  userMessages: { mid: string; at: Date; text: string | null }[];
  sendsAcceptedAt: Date[];
  /** When control went from the Leadgen app to somebody. */
  controlLeftLeadgenAt: { at: Date; byLeadHandover: boolean }[];
  controlHistory: Control[];
};

/** What the facts about control tell of how a question flow went. */
export function controlEvidence(
  facts: readonly NewControlFact[],
  ourAppId: string,
): Pick<FlowEvidence, "controlLeftLeadgenAt" | "controlHistory"> {
  const history = controlHistory(facts, ourAppId);
  const told = facts
    .filter((fact) => fact.kind === "owner" && isLeadgen(fact.fromAppId ?? null) && !isLeadgen(fact.appId))
    .map((fact) => ({ at: fact.at, byLeadHandover: fact.isLeadHandover }));
  const lead = new Set(facts.filter((fact) => fact.isLeadHandover).map((fact) => fact.at.getTime()));
  const seen = history.flatMap((step, index) =>
    history[index - 1]?.state === "leadgen" && step.since !== null && isHolder(step)
      ? [{ at: step.since, byLeadHandover: lead.has(step.since.getTime()) }]
      : [],
  );
  return { controlLeftLeadgenAt: [...told, ...seen], controlHistory: history };
}

const isHolder = ({ state }: Control) => state === "ours" || state === "page_inbox" || state === "other_app";
