/**
 * Folding: the leads of a thread are a pure function of the set of its signals. Arrival order, repeats
 * and batching cannot matter, because everything is put in one order first and folded afresh each time.
 *
 * R is the referral with the answers (or the answers recovered from the conversation's history), S the
 * summary message, H the handover by the Leadgen app.
 */
import { parseLeadSummary } from "#lib/messenger/lead-summary.ts";
import type { Answer } from "./lead.ts";
import { plainText } from "./plain-text.ts";
import { summaryAgrees } from "./summary-answers.ts";

const MINUTE = 60 * 1000;
const SPAN = 15 * MINUTE;

/** Of a recovered R only the last answer's time is known: Meta's own signals come around it, or when silence has lasted. */
export const SIGNAL_EARLY = SPAN;
export const SIGNAL_LATE = 72 * 60 * MINUTE;

export type SignalKind = "R" | "S" | "H";
export type Signal = {
  key: string;
  kind: SignalKind;
  at: Date;
  outcome: "complete" | "incomplete";
  adId: string | null;
  answers: Answer[];
  text: string | null;
  /** An R put together from the conversation's history, because Meta's own never came. */
  isRecovered: boolean;
};

/** One run through an ad's questions. The anchor is its first signal in the order of folding. */
export type Run = {
  anchor: Signal;
  signals: Signal[];
  outcome: "complete" | "incomplete";
  adId: string | null;
  answers: Answer[];
  at: Date;
};

export function foldSignals(signals: readonly Signal[]): Run[] {
  const drafts: Draft[] = [];
  for (const signal of inOrder(signals)) {
    const words = plainAnswers(signal);
    const draft = draftFor(signal, words, drafts);
    if (draft === undefined) drafts.push(openDraft(signal, words));
    else join(draft, signal, words);
  }
  return drafts.map(toRun).sort(compareRuns);
}

const rank: Record<SignalKind, number> = { R: 0, S: 1, H: 2 };

/** R before S before H, what was recovered behind all of them; then event time, then key. */
export function compareSignals(a: Signal, b: Signal): number {
  return rankOf(a) - rankOf(b) || a.at.getTime() - b.at.getTime() || compareText(a.key, b.key);
}

function rankOf({ kind, isRecovered }: Signal): number {
  return isRecovered ? 3 : rank[kind];
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** As a thread tells it: by time of the anchor. */
function compareRuns(a: Run, b: Run): number {
  return a.at.getTime() - b.at.getTime() || compareText(a.anchor.key, b.anchor.key);
}

/** The contents decide last, so that even two contradicting signals of one key leave one order to keep the first of. */
function inOrder(signals: readonly Signal[]): Signal[] {
  const contents = ({ outcome, adId, answers, text }: Signal) => JSON.stringify([outcome, adId, answers, text]);
  const sorted = signals.toSorted((a, b) => compareSignals(a, b) || compareText(contents(a), contents(b)));
  const byKey = new Map<string, Signal>();
  for (const signal of sorted) if (!byKey.has(signal.key)) byKey.set(signal.key, signal);
  return [...byKey.values()];
}

/** A run being built; `words` are the longest R's answers in comparable form, null while there is no R. */
type Draft = { anchor: Signal; signals: Signal[]; adId: string | null; words: Answer[] | null };

function openDraft(signal: Signal, words: Answer[]): Draft {
  return { anchor: signal, signals: [signal], adId: signal.adId, words: signal.kind === "R" ? words : null };
}

function join(draft: Draft, signal: Signal, words: Answer[]): void {
  draft.signals.push(signal);
  draft.adId ??= signal.adId;
  if (signal.kind === "R" && !signal.isRecovered && words.length > (draft.words ?? []).length) draft.words = words;
}

function draftFor(signal: Signal, words: Answer[], drafts: readonly Draft[]): Draft | undefined {
  if (signal.isRecovered) {
    // Its outcome may be a guess, and its answers lack what the history no longer shows: the time decides.
    return nearest(
      signal,
      drafts.filter((draft) => isWordOf(draft, signal, words)),
    );
  }
  // Distances are to the anchor alone: a run cannot creep on from signal to signal.
  const near = drafts.filter((draft) => draft.anchor.outcome === signal.outcome && distance(signal, draft) <= SPAN);
  switch (signal.kind) {
    case "R":
      // Drafts of R stand in the order of their anchors, and none is later than this R: the last one is the latest.
      return near.findLast((draft) => mayShareAd(draft.adId, signal.adId) && isPrefixOfOther(draft.words ?? [], words));
    case "S":
      return nearest(
        signal,
        near.filter((draft) => agreesWithSummary(draft, signal)),
      );
    case "H":
      return nearest(signal, near);
  }
}

/** Whether a run of Meta's own signals tells of what was recovered. Hours later only if it speaks of the same things. */
function isWordOf({ anchor, words }: Draft, recovered: Signal, answers: readonly Answer[]): boolean {
  if (anchor.isRecovered) return false;
  const late = anchor.at.getTime() - recovered.at.getTime();
  if (Math.abs(late) <= SIGNAL_EARLY) return true;
  if (late < 0 || late > SIGNAL_LATE) return false;
  const questions = new Set(answers.map(({ question }) => question));
  return words === null || words.length === 0 || words.some(({ question }) => questions.has(question));
}

function distance(signal: Signal, draft: Draft): number {
  return Math.abs(signal.at.getTime() - draft.anchor.at.getTime());
}

/** Smallest distance, then the earlier anchor, then its key. */
function nearest(signal: Signal, drafts: readonly Draft[]): Draft | undefined {
  const [first] = drafts.toSorted(
    (a, b) =>
      distance(signal, a) - distance(signal, b) ||
      a.anchor.at.getTime() - b.anchor.at.getTime() ||
      compareText(a.anchor.key, b.anchor.key),
  );
  return first;
}

/** Measured against the ad the run is known by, not the anchor's: one run never holds two ads. */
function mayShareAd(a: string | null, b: string | null): boolean {
  return a === null || b === null || a === b;
}

/** Measured against the longest answers of the run, so that two that contradict each other never share one. */
function isPrefixOfOther(a: readonly Answer[], b: readonly Answer[]): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return short.every(({ question, answer }, i) => question === long[i]?.question && answer === long[i]?.answer);
}

function agreesWithSummary(draft: Draft, summary: Signal): boolean {
  const text = summary.text ?? "";
  if (draft.words === null) return plainText(draft.anchor.text ?? "") === plainText(text);
  return draft.words.length === 0 || summaryAgrees(text, draft.words);
}

/** "Equal" means the same words everywhere in folding: a lead recovered from the history may differ in its blanks. */
function plainAnswers(signal: Signal): Answer[] {
  if (signal.kind !== "R") return [];
  return signal.answers.map(({ question, answer }) => ({ question: plainText(question), answer: plainText(answer) }));
}

function toRun({ anchor, signals, adId }: Draft): Run {
  return { anchor, signals, outcome: anchor.outcome, adId, answers: answersOf(signals), at: anchor.at };
}

/** The longest R's, else the S's, else the recovered ones; of equally long ones the first in order. */
function answersOf(signals: readonly Signal[]): Answer[] {
  const longest = (lists: readonly Answer[][]) =>
    lists.reduce((best, list) => (list.length > best.length ? list : best), []);
  const referred = (isRecovered: boolean) =>
    longest(signals.filter((one) => one.kind === "R" && one.isRecovered === isRecovered).map(({ answers }) => answers));
  const summed = longest(signals.filter(({ kind }) => kind === "S").map(({ text }) => parseLeadSummary(text ?? "")));
  return [referred(false), summed, referred(true)].find((list) => list.length > 0) ?? [];
}
