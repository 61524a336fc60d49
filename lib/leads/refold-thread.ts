import "server-only";
import type { Tx } from "#lib/db.ts";
import { newId } from "#lib/ids.ts";
import { askForRefresh } from "#lib/threads/ask-for-refresh.ts";
import { type FlowEvidence, findFlowEvidence } from "#lib/threads/find-flow-evidence.ts";
import { setProbableAction } from "#lib/threads/set-probable-action.ts";
import type { ThreadKey } from "#lib/threads/thread-key.ts";
import { foldSignals, type Run } from "./fold.ts";
import { greetLeads } from "./greet-leads.ts";
import { answersHeard, type LeadRun, type WeakSignal, withInProgress } from "./in-progress.ts";
import { joinLeads } from "./join-leads.ts";
import type { LeadReason } from "./lead.ts";
import { incompleteLabel, type LabelFact, readLeadLabel } from "./lead-label.ts";
import { nameRuns } from "./name-runs.ts";
import { probableActionAt } from "./probable-action.ts";
import { readSignal } from "./read-signal.ts";
import { incompleteReason } from "./reason.ts";
import { recoverSignals } from "./recover-signals.ts";
import { writeLead } from "./write-lead.ts";

/**
 * Makes the leads of a thread anew from the set of its signals, and writes what differs. The thread is
 * locked by the caller. Arrival order cannot matter: nothing is read but the signals and what the thread saw.
 */
export async function refoldThread(tx: Tx, key: ThreadKey): Promise<void> {
  const answered = await recoverSignals(tx, key);
  const rows = await tx.signal.findMany({ where: key });
  const labels = await tx.labelFact.findMany({ where: key });
  const evidence = await findFlowEvidence(tx, key);
  const weak = [...weakSignals(labels, evidence), ...answered];
  const remembered = await recall(tx, key, rows);
  if (rows.length === 0 && weak.length === 0 && remembered.size === 0) return;

  const signals = rows.map(readSignal);
  const { runs } = withInProgress(foldSignals(signals), weak);
  const leads = await tx.lead.findMany({ where: key, select: { id: true, createdAt: true } });
  const bornAt = new Map(leads.map((lead) => [lead.id, lead.createdAt]));
  const isThere = (id: string) => bornAt.has(id);
  const { named, unplaced } = nameRuns(runs, remembered, bornAt, newId);

  for (const [index, { id, run, absorbed }] of named.entries()) {
    const neighbours = { previous: runs[index - 1]?.at ?? null, next: runs[index + 1]?.at ?? null };
    const reason = run.outcome === "incomplete" ? reasonOf(run, labels, evidence, neighbours) : null;
    const splitFrom = isThere(id) ? null : formerHome(run, remembered);
    await writeLead(tx, { ...key, id, run, reason, splitFrom, receivedAt: firstReceivedAt(run, rows) });
    await remember(tx, key, id, run, remembered);
    await joinLeads(tx, { pageId: key.pageId, id }, absorbed.filter(isThere));
  }

  // Weak evidence can vanish: the flow it told of turns out never to have run. Its id still has to lead somewhere.
  const last = named.at(-1);
  if (last !== undefined) await joinLeads(tx, { pageId: key.pageId, id: last.id }, unplaced.filter(isThere));

  const seenAt = evidence.userMessages.map(({ at }) => at);
  const actedAt = probableActionAt(signals, seenAt);
  await setProbableAction(tx, key, actedAt);
  // The history may show when the person really acted.
  if (actedAt !== null) await askForRefresh(tx, key, actedAt);
  await greetLeads(tx, key);
}

type SignalRow = { key: string; leadId: string | null; receivedAt: Date };

/** Which lead each signal, weak ones too, last belonged to. */
async function recall(tx: Tx, key: ThreadKey, signals: readonly SignalRow[]): Promise<Map<string, string>> {
  const weak = await tx.weakSignal.findMany({ where: key, select: { key: true, leadId: true } });
  const known = [...signals, ...weak];
  return new Map(known.flatMap((signal) => (signal.leadId === null ? [] : [[signal.key, signal.leadId]])));
}

/** When the first of its signals reached us; a run that only weak evidence tells of is news right now. */
function firstReceivedAt(run: LeadRun, rows: readonly SignalRow[]): Date {
  const keys = new Set(run.signals.map(({ key }) => key));
  const times = rows.filter(({ key }) => keys.has(key)).map(({ receivedAt }) => receivedAt);
  return times.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? new Date();
}

/** A message the person wrote while the Leadgen app held the thread, or Meta's own label. */
function weakSignals(labels: LabelFact[], evidence: FlowEvidence): WeakSignal[] {
  return [
    ...labels
      .filter((label) => !label.isRemoval && readLeadLabel(label.name) === "in_progress")
      .map(({ key, at }) => ({ key: `label:${key}`, at })),
    ...answersHeard(evidence.userMessages, evidence.controlHistory),
  ];
}

function reasonOf(
  run: Run,
  labels: LabelFact[],
  evidence: FlowEvidence,
  neighbours: { previous: Date | null; next: Date | null },
): LeadReason {
  return incompleteReason(run, {
    label: incompleteLabel(labels, run.at, neighbours.next),
    controlLeftLeadgenAt: evidence.controlLeftLeadgenAt,
    sendsAcceptedAt: evidence.sendsAcceptedAt,
    userMessages: evidence.userMessages,
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

async function remember(
  tx: Tx,
  key: ThreadKey,
  leadId: string,
  run: LeadRun,
  known: ReadonlyMap<string, string>,
): Promise<void> {
  const isNews = ({ key: signal }: { key: string }) => known.get(signal) !== leadId;
  const strong = run.signals.filter(isNews).map((signal) => signal.key);
  if (strong.length > 0) {
    await tx.signal.updateMany({ where: { pageId: key.pageId, key: { in: strong } }, data: { leadId } });
  }
  for (const sign of run.weak.filter(isNews)) {
    await tx.weakSignal.upsert({
      where: { pageId_key: { pageId: key.pageId, key: sign.key } },
      create: { ...key, key: sign.key, leadId },
      update: { leadId },
      select: { key: true },
    });
  }
}
