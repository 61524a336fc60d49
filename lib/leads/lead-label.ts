/**
 * Meta puts one of four labels of its own on a conversation with a lead ad. Whether their names follow
 * the page's language is not documented: the English ones are Meta's, the German ones are our guess.
 * https://developers.facebook.com/documentation/business-messaging/messenger-platform/identity/custom-labels
 */
import { plainText } from "./plain-text.ts";

type LeadLabel = "complete" | "disqualified" | "in_progress" | "incomplete";

const meanings = new Map<string, LeadLabel>([
  ["lead complete", "complete"],
  ["lead disqualified", "disqualified"],
  ["lead in progress", "in_progress"],
  ["lead incomplete", "incomplete"],
  // Guessed:
  ["lead abgeschlossen", "complete"],
  ["lead vollständig", "complete"],
  ["lead disqualifiziert", "disqualified"],
  ["lead nicht qualifiziert", "disqualified"],
  ["lead in bearbeitung", "in_progress"],
  ["lead unvollständig", "incomplete"],
]);

/** What a label says about a lead; null for labels people made themselves. */
export function readLeadLabel(name: string): LeadLabel | null {
  return meanings.get(plainText(name).toLowerCase()) ?? null;
}

export type LabelFact = { key: string; name: string; isRemoval: boolean; at: Date };

/** Meta sets the label when the flow ends, on a clock of its own: it may come a little before the run's anchor. */
const LEAD_IN = 15 * 60 * 1000;

/**
 * The label that says why this run is incomplete: the newest one put on between this run and the next.
 * Taking it off later does not unsay it, for Meta takes it off when the same person starts another flow.
 */
export function incompleteLabel(
  facts: readonly LabelFact[],
  runAt: Date,
  nextRunAt: Date | null,
): "disqualified" | "incomplete" | null {
  const from = runAt.getTime() - LEAD_IN;
  const until = nextRunAt === null ? Number.POSITIVE_INFINITY : nextRunAt.getTime() - LEAD_IN;
  const [newest] = facts
    .filter(({ at, isRemoval }) => !isRemoval && at.getTime() >= from && at.getTime() < until)
    .toSorted((a, b) => b.at.getTime() - a.at.getTime() || (a.key < b.key ? 1 : -1))
    .map(({ name }) => readLeadLabel(name))
    .filter((label) => label === "disqualified" || label === "incomplete");
  return newest ?? null;
}
