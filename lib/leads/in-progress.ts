/**
 * Leads whose questions are still running. Their evidence is weak: a message the person wrote while the
 * Leadgen app held the thread, or Meta's label. It never joins or splits runs; it only tells of a flow
 * whose end has not reached us yet. The next run within 72 hours is that end, and takes the evidence over.
 */
import { type Control, stateAt } from "#lib/threads/control.ts";
import type { Run } from "./fold.ts";

const HOUR = 60 * 60 * 1000;
/** Meta ends a flow after 48 hours of silence; the rest is margin. */
const REACH = 72 * HOUR;
/** A referral's clock counts whole seconds, a message's thousandths: the last answer may seem a moment late. */
const CLOCK_STEP = 1000;

/** The first answer is what starts the questions: Leadgen is heard of only right after it. */
const NEXT_QUESTION = 60 * 1000;

export type WeakSignal = { key: string; at: Date };

/** The messages that are answers to questions: written while Leadgen held the thread, or the one it began upon. */
export function answersHeard(
  messages: readonly { mid: string; at: Date }[],
  history: readonly Control[],
): WeakSignal[] {
  const began = history.flatMap(({ state, since }) => (state === "leadgen" && since !== null ? [since] : []));
  const firsts = began.flatMap((since) => {
    const before = messages.filter(({ at }) => at <= since && since.getTime() - at.getTime() <= NEXT_QUESTION);
    return before.toSorted((a, b) => b.at.getTime() - a.at.getTime()).slice(0, 1);
  });
  return messages
    .filter((message) => stateAt(history, message.at) === "leadgen" || firsts.includes(message))
    .map(({ mid, at }) => ({ key: `message:${mid}`, at }));
}

type EndedRun = Run & { weak: WeakSignal[] };
type OpenRun = {
  outcome: "in_progress";
  anchor: WeakSignal;
  signals: [];
  weak: WeakSignal[];
  adId: null;
  answers: [];
  at: Date;
};

/** What stands behind one lead; its `outcome` is the lead's status. */
export type LeadRun = EndedRun | OpenRun;

/** The runs that ended, with the weak evidence that was theirs, and those still running, in their order. */
export function withInProgress(runs: readonly Run[], weak: readonly WeakSignal[]): { runs: LeadRun[] } {
  const ended: EndedRun[] = runs.map((run): EndedRun => ({ ...run, weak: [] })).sort(compareRuns);
  const open: OpenRun[] = [];

  for (const flow of flowsOf(weak, ended)) {
    const last = flow.weak.at(-1) ?? flow.first;
    if (flow.end !== null && flow.end.at.getTime() - last.at.getTime() <= REACH) flow.end.weak.push(...flow.weak);
    else open.push(openRun(flow));
  }
  return { runs: [...ended, ...open].sort(compareRuns) };
}

type Flow = { first: WeakSignal; weak: WeakSignal[]; end: EndedRun | null };

/**
 * Evidence of one flow: no silence over 72 hours in it, no run in between. Unlike signals, which are
 * measured from their anchor, this is measured from the latest sign of life, because silence is what
 * ends a flow: somebody who answers one question a day has one lead, not one per three days.
 */
function flowsOf(weak: readonly WeakSignal[], ended: readonly EndedRun[]): Flow[] {
  const flows: Flow[] = [];
  for (const sign of inOrder(weak)) {
    const end = ended.find((run) => lastMoment(run) >= sign.at.getTime()) ?? null;
    const flow = flows.at(-1);
    const before = flow?.weak.at(-1);
    const goesOn = before !== undefined && flow?.end === end && sign.at.getTime() - before.at.getTime() <= REACH;
    if (goesOn) flow?.weak.push(sign);
    else flows.push({ first: sign, weak: [sign], end });
  }
  return flows;
}

/** Until here a message may still be an answer of this run: its handover can come some seconds after its referral. */
function lastMoment(run: EndedRun): number {
  return Math.max(...run.signals.map(({ at }) => at.getTime())) + CLOCK_STEP - 1;
}

function openRun({ first, weak }: Flow): OpenRun {
  return { outcome: "in_progress", anchor: first, signals: [], weak, adId: null, answers: [], at: first.at };
}

function inOrder(weak: readonly WeakSignal[]): WeakSignal[] {
  const byKey = new Map<string, WeakSignal>();
  for (const sign of weak.toSorted(compareMoments)) if (!byKey.has(sign.key)) byKey.set(sign.key, sign);
  return [...byKey.values()];
}

function compareRuns(a: LeadRun, b: LeadRun): number {
  return compareMoments(a.anchor, b.anchor);
}

function compareMoments(a: WeakSignal, b: WeakSignal): number {
  return a.at.getTime() - b.at.getTime() || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
}
