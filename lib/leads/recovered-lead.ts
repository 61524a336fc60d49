/**
 * Leads whose own signals never came, found again in the conversation's history. A mere conversation is none: Meta's
 * label, the Leadgen app's handover, or questions known from other leads of the page must say that an ad asked.
 * What is found counts as a referral without an ad.
 */
import type { AskedAnswer, AskedFlow } from "./asked-flow.ts";
import { SIGNAL_EARLY, SIGNAL_LATE, type Signal } from "./fold.ts";
import { type LabelFact, readLeadLabel } from "./lead-label.ts";
import { plainText } from "./plain-text.ts";

const SECOND = 1000;
const HOUR = 60 * 60 * SECOND;
/** So long Meta waits for an answer. */
const PATIENCE = 48 * HOUR;
/** So many known questions in one flow are no coincidence. */
const KNOWN = 2;

export type LeadEvidence = {
  /** Meta's own signals of the thread. */
  signals: readonly Signal[];
  labels: readonly LabelFact[];
  /** The questions of complete leads of the page, lead by lead. */
  forms: readonly (readonly string[])[];
  /** What the page said at the end of complete leads. */
  confirmations: readonly string[];
  /** Up to here the history is known. */
  readAt: Date;
};

/** `signal` is null while the questions still run; `mids` are the answers' messages. */
export type RecoveredLead = { signal: Signal | null; mids: { mid: string; at: Date }[] };

export function recoveredLeads(flows: readonly AskedFlow[], evidence: LeadEvidence): RecoveredLead[] {
  const forms = evidence.forms.map((form) => form.map(plainText));
  const known = new Set(forms.flat());
  const confirmations = new Set(evidence.confirmations.map(plainText).filter((text) => !known.has(text)));
  const candidates = flows.map((flow) => trimmed(flow, forms, known)).filter(({ answers }) => answers.length > 0);
  const handovers = handoversOf(candidates, evidence.signals);
  const labels = labelsOf(candidates, evidence);

  return candidates.flatMap((flow): RecoveredLead[] => {
    const handover = handovers.get(flow) ?? null;
    const heard = flow.answers.filter(({ at }) => handover === null || isUpTo(handover.at, at));
    const isKnown = heard.filter(({ question }) => known.has(plainText(question))).length >= KNOWN;
    const label = labels.get(flow) ?? null;
    const isEnded = label === "complete" || label === "disqualified";
    const certain = handover === null && isEnded ? untilFollowed(heard) : heard;
    const answers = handover !== null || label !== null || isKnown ? [...certain] : edgeAnswer(heard, forms);
    const last = answers.at(-1);
    if (last === undefined) return [];
    const closing = flow.answers[answers.length]?.question ?? flow.closing;
    const guess = () => outcomeOf({ answers, closing }, { forms, known, confirmations, readAt: evidence.readAt });
    const outcome = handover?.outcome ?? outcomeSaid(label, guess);
    const mids = answers.map(({ mid, at }) => ({ mid, at }));
    return [{ mids, signal: outcome === null ? null : signalOf(answers, last.at, outcome) }];
  });
}

/** Meta's own answers to this flow are there: nothing is to be put together. */
export function isToldFlow({ answers }: AskedFlow, signals: readonly Signal[]): boolean {
  // What people say after their last answer may look like one more.
  const from = (answers[0]?.at.getTime() ?? 0) - SIGNAL_EARLY;
  const until = (answers.at(-1)?.at.getTime() ?? 0) + SIGNAL_LATE;
  return signals.some(({ kind, at, answers: told }) => {
    const isWord = kind === "S" || (kind === "R" && told.length > 0);
    return isWord && at.getTime() >= from && at.getTime() <= until;
  });
}

/** What was said before the first known question and after the last one is conversation. */
function trimmed(flow: AskedFlow, forms: readonly (readonly string[])[], known: ReadonlySet<string>): AskedFlow {
  const isKnown = ({ question }: AskedAnswer) => known.has(plainText(question));
  const isLast = ({ question }: AskedAnswer) => forms.some((form) => form.at(-1) === plainText(question));
  const opens = ({ question }: AskedAnswer) => forms.some((form) => form[0] === plainText(question));
  const isOurs = flow.answers.filter(isKnown).length >= KNOWN || flow.answers.some(opens);
  const end = flow.answers.findLastIndex(isOurs ? isKnown : isLast) + 1 || flow.answers.length;
  const closing = flow.answers[end]?.question ?? flow.closing;
  return { answers: flow.answers.slice(isOurs ? flow.answers.findIndex(isKnown) : 0, end), closing };
}

/** To the last answer of a flow that came to its end a machine said thanks or regrets: what comes after is conversation. */
function untilFollowed(answers: readonly AskedAnswer[]): readonly AskedAnswer[] {
  const end = answers.findLastIndex(({ isFollowed }) => isFollowed) + 1;
  return end === 0 ? answers : answers.slice(0, end);
}

function outcomeSaid(label: Label | null, guess: () => "complete" | "incomplete" | null) {
  if (label === null) return guess();
  if (label === "in_progress") return null;
  return label === "complete" ? "complete" : "incomplete";
}

/** An ad's first or last question alone counts where a machine spoke on: the questions began, or came to their end. */
function edgeAnswer(answers: readonly AskedAnswer[], forms: readonly (readonly string[])[]): AskedAnswer[] {
  const edges = new Set(forms.flatMap((form) => [form[0], form.at(-1)]));
  const edge = answers.find(({ question, isFollowed }) => isFollowed && edges.has(plainText(question)));
  return edge === undefined ? [] : [edge];
}

/** Each handover ends the latest flow that began before it. */
function handoversOf(flows: readonly AskedFlow[], signals: readonly Signal[]): Map<AskedFlow, Signal> {
  const found = new Map<AskedFlow, Signal>();
  const handovers = signals.filter(({ kind }) => kind === "H").toSorted((a, b) => a.at.getTime() - b.at.getTime());
  for (const handover of handovers) {
    const flow = flows.findLast(({ answers }) => {
      const last = answers.findLast(({ at }) => isUpTo(handover.at, at));
      return last !== undefined && handover.at.getTime() - last.at.getTime() <= SIGNAL_LATE;
    });
    if (flow !== undefined && !found.has(flow)) found.set(flow, handover);
  }
  return found;
}

/** The history counts whole seconds. */
const isUpTo = (end: Date, at: Date) => at.getTime() <= end.getTime() + SECOND;

type Label = NonNullable<ReturnType<typeof readLeadLabel>>;

/** A label speaks of one flow before it, and of none where a signal of Meta's says the same of an earlier one. */
function labelsOf(flows: readonly AskedFlow[], { labels, signals }: LeadEvidence): Map<AskedFlow, Label> {
  const found = new Map<AskedFlow, Label>();
  const put = labels.filter(({ isRemoval }) => !isRemoval).toSorted((a, b) => a.at.getTime() - b.at.getTime());
  for (const [index, label] of put.entries()) {
    const meaning = readLeadLabel(label.name);
    if (meaning === null) continue;
    const word = meaning === "disqualified" ? "incomplete" : meaning;
    const until = label.at.getTime() + SIGNAL_EARLY;
    const before = put.slice(0, index).findLast(({ name }) => readLeadLabel(name) !== null);
    // Found on the person once more, it tells nothing new.
    if (before !== undefined && readLeadLabel(before.name) === meaning) continue;
    const since =
      put
        .slice(0, index)
        .findLast(({ name }) => isEnding(name))
        ?.at.getTime() ?? Number.NEGATIVE_INFINITY;
    const flow = longest(flows.filter((one) => endOf(one) <= until && endOf(one) > since));
    if (flow === undefined) continue;
    const start = flow.answers[0]?.at.getTime() ?? 0;
    const isTold = signals.some(({ at, outcome }) => outcome === word && at.getTime() < start && at.getTime() >= since);
    if (!isTold) found.set(flow, meaning);
  }
  return found;
}

function isEnding(name: string): boolean {
  const meaning = readLeadLabel(name);
  return meaning !== null && meaning !== "in_progress";
}

const endOf = ({ answers }: AskedFlow) => answers.at(-1)?.at.getTime() ?? 0;

/** An ad asks more than people do in a row; of equally long ones the first, for people talk after it. */
function longest(flows: readonly AskedFlow[]): AskedFlow | undefined {
  return flows.toSorted((a, b) => b.answers.length - a.answers.length || endOf(a) - endOf(b))[0];
}

type Known = {
  forms: readonly (readonly string[])[];
  known: ReadonlySet<string>;
  confirmations: ReadonlySet<string>;
  readAt: Date;
};

/**
 * Complete when a known ad's last question is answered, and the page then says what it says to complete leads: a word
 * that stops the questions is an answer to the last of them, too. Null while the next answer may still come.
 */
function outcomeOf(
  { answers, closing }: AskedFlow,
  { forms, known, confirmations, readAt }: Known,
): "complete" | "incomplete" | null {
  const asked = new Set(answers.map(({ question }) => plainText(question)));
  const isAtEnd = forms.some((form) => form.length >= KNOWN && asked.has(form.at(-1) ?? ""));
  const isConfirmed = answers.at(-1)?.followed.some((text) => confirmations.has(plainText(text))) ?? false;
  if (isAtEnd && isConfirmed) return "complete";
  const isWaiting = closing === null || known.has(plainText(closing));
  const last = answers.at(-1)?.at ?? readAt;
  return isWaiting && readAt.getTime() - last.getTime() < PATIENCE ? null : "incomplete";
}

function signalOf(answers: readonly AskedAnswer[], at: Date, outcome: "complete" | "incomplete"): Signal {
  return {
    key: `recovered:${answers[0]?.mid ?? ""}`,
    kind: "R",
    at,
    outcome,
    adId: null,
    answers: answers.map(({ question, answer }) => ({ question, answer })),
    text: null,
    isRecovered: true,
  };
}
