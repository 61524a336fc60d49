/**
 * What a thread's leads are, from everything that is known of it: pure, and the same for the same evidence. The verb
 * that calls it writes what differs.
 */
import type { ControlFact } from "#lib/threads/control.ts";
import { controlEvidence, type FlowEvidence } from "#lib/threads/flow-evidence.ts";
import type { NewControlFact } from "#lib/threads/thread-news.ts";
import { foldSignals, type Run, type Signal } from "./fold.ts";
import { answersHeard, type LeadRun, type WeakSignal, withInProgress } from "./in-progress.ts";
import type { LeadReason } from "./lead.ts";
import { incompleteLabel, type LabelFact, readLeadLabel } from "./lead-label.ts";
import { nameRuns } from "./name-runs.ts";
import { probableActionAt } from "./probable-action.ts";
import { incompleteReason } from "./reason.ts";

/** `leadId`: which lead a signal last belonged to. `signs`: the same for weak evidence. `answered`: answers found in the history. */
export type ThreadEvidence = {
  signals: readonly (Signal & { leadId: string | null; receivedAt: Date })[];
  labels: readonly LabelFact[];
  signs: readonly { key: string; leadId: string }[];
  facts: readonly (ControlFact & Pick<NewControlFact, "fromAppId">)[];
  heard: readonly { mid: string; at: Date; text: string | null }[];
  sends: readonly Date[];
  leads: readonly { id: string; createdAt: Date }[];
  answered: readonly WeakSignal[];
};

export type FoldedLead = {
  id: string;
  run: LeadRun;
  reason: LeadReason | null;
  /** The lead this one was split off from, if it was. */
  splitFrom: string | null;
  receivedAt: Date;
  /** Leads that turned out to be this one. */
  absorbed: string[];
  /** Keys of signals, and of weak ones, that did not know yet that they belong here. */
  news: { strong: string[]; weak: string[] };
};

/** `unplaced`: leads whose evidence is gone; they are joined into the last one. Null: nothing was ever told of a lead. */
export type FoldedThread = { leads: FoldedLead[]; unplaced: string[]; probableActionAt: Date | null } | null;

type Circumstances = { ourAppId: string; now: Date; newId: () => string };

export function foldThread(evidence: ThreadEvidence, { ourAppId, now, newId }: Circumstances): FoldedThread {
  const { signals, labels, signs } = evidence;
  const flow: FlowEvidence = {
    userMessages: [...evidence.heard],
    sendsAcceptedAt: [...evidence.sends],
    ...controlEvidence(evidence.facts, ourAppId),
  };
  const weak = [...weakSignals(labels, flow), ...evidence.answered];
  const remembered = recall([...signals, ...signs]);
  if (signals.length === 0 && weak.length === 0 && remembered.size === 0) return null;

  const { runs } = withInProgress(foldSignals(signals.map(bare)), weak);
  const bornAt = new Map(evidence.leads.map((lead) => [lead.id, lead.createdAt]));
  const { named, unplaced } = nameRuns(runs, remembered, bornAt, newId);
  const leads = named.map(({ id, run, absorbed }, index): FoldedLead => {
    const neighbours = { previous: runs[index - 1]?.at ?? null, next: runs[index + 1]?.at ?? null };
    return {
      ...{ id, run },
      reason: run.outcome === "incomplete" ? reasonOf(run, labels, flow, neighbours) : null,
      splitFrom: bornAt.has(id) ? null : formerHome(run, remembered),
      receivedAt: firstReceivedAt(run, signals) ?? now,
      absorbed: absorbed.filter((former) => bornAt.has(former)),
      news: newsOf(run, id, remembered),
    };
  });
  const seenAt = flow.userMessages.map(({ at }) => at);
  return {
    leads,
    unplaced: unplaced.filter((id) => bornAt.has(id)),
    probableActionAt: probableActionAt(signals, seenAt),
  };
}

/** What folding looks at: the rest of a row must not become part of a run. */
function bare({ key, kind, at, outcome, adId, answers, text, isRecovered }: Signal): Signal {
  return { key, kind, at, outcome, adId, answers, text, isRecovered };
}

/** Which lead each signal, weak ones too, last belonged to. */
function recall(known: readonly { key: string; leadId: string | null }[]): Map<string, string> {
  return new Map(known.flatMap(({ key, leadId }) => (leadId === null ? [] : [[key, leadId]])));
}

/** When the first of its signals reached us; null where only weak evidence tells of it. */
function firstReceivedAt(run: LeadRun, rows: readonly { key: string; receivedAt: Date }[]): Date | null {
  const keys = new Set(run.signals.map(({ key }) => key));
  const times = rows.filter(({ key }) => keys.has(key)).map(({ receivedAt }) => receivedAt);
  return times.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null;
}

/** A message the person wrote while the Leadgen app held the thread, or Meta's own label. */
function weakSignals(labels: readonly LabelFact[], flow: FlowEvidence): WeakSignal[] {
  return [
    ...labels
      .filter((label) => !label.isRemoval && readLeadLabel(label.name) === "in_progress")
      .map(({ key, at }) => ({ key: `label:${key}`, at })),
    ...answersHeard(flow.userMessages, flow.controlHistory),
  ];
}

function reasonOf(
  run: Run,
  labels: readonly LabelFact[],
  flow: FlowEvidence,
  neighbours: { previous: Date | null; next: Date | null },
): LeadReason {
  return incompleteReason(run, {
    label: incompleteLabel(labels, run.at, neighbours.next),
    controlLeftLeadgenAt: flow.controlLeftLeadgenAt,
    sendsAcceptedAt: flow.sendsAcceptedAt,
    userMessages: flow.userMessages,
    // The template cannot be read since v24; nothing tells which answers disqualify.
    disqualifyingAnswers: [],
    previousRunAt: neighbours.previous,
  });
}

/** A run that gets a new id although its signals knew another one was split off from that lead. */
function formerHome(run: LeadRun, remembered: ReadonlyMap<string, string>): string | null {
  for (const signal of run.signals) {
    const id = remembered.get(signal.key);
    if (id !== undefined) return id;
  }
  return null;
}

function newsOf(run: LeadRun, id: string, remembered: ReadonlyMap<string, string>): FoldedLead["news"] {
  const isNews = (key: string) => remembered.get(key) !== id;
  const weak = [...new Set(run.weak.map(({ key }) => key))].filter(isNews);
  return { strong: run.signals.map(({ key }) => key).filter(isNews), weak };
}
