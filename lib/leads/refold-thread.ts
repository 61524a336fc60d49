import "server-only";
import type { Tx } from "#lib/db.ts";
import { newId } from "#lib/ids.ts";
import { type FlowEvidence, findFlowEvidence } from "#lib/threads/find-flow-evidence.ts";
import { setProbableAction } from "#lib/threads/set-probable-action.ts";
import type { ThreadKey } from "#lib/threads/thread-key.ts";
import { foldSignals, type Run } from "./fold.ts";
import { answersHeard, type LeadRun, type WeakSignal, withInProgress } from "./in-progress.ts";
import { joinLeads } from "./join-leads.ts";
import type { LeadReason } from "./lead.ts";
import { incompleteLabel, type LabelFact, readLeadLabel } from "./lead-label.ts";
import { nameRuns } from "./name-runs.ts";
import { probableActionAt } from "./probable-action.ts";
import { readSignal } from "./read-signal.ts";
import { incompleteReason } from "./reason.ts";
import { writeLead } from "./write-lead.ts";

/**
 * Makes the leads of a thread anew from the set of its signals, and writes what differs. The thread is
 * locked by the caller. Arrival order cannot matter: nothing is read but the signals and what the thread saw.
 */
export async function refoldThread(tx: Tx, key: ThreadKey): Promise<void> {
  const rows = await tx.signal.findMany({ where: key });
  const labels = await tx.labelFact.findMany({ where: key });
  const evidence = await findFlowEvidence(tx, key);
  const weak = weakSignals(labels, evidence);
  const remembered = new Map(rows.flatMap((row) => (row.leadId === null ? [] : [[row.key, row.leadId]])));
  for (const row of await tx.weakSignal.findMany({ where: key })) remembered.set(row.key, row.leadId);
  if (rows.length === 0 && weak.length === 0 && remembered.size === 0) return;

  const signals = rows.map(readSignal);
  const { runs } = withInProgress(foldSignals(signals), weak);
  const leads = await tx.lead.findMany({ where: key, select: { id: true, createdAt: true } });
  const bornAt = new Map(leads.map((lead) => [lead.id, lead.createdAt]));
  const { named, unplaced } = nameRuns(runs, remembered, bornAt, newId);

  const receivedAt = new Map(rows.map((row) => [row.key, row.receivedAt]));
  for (const [index, { id, run, absorbed }] of named.entries()) {
    const neighbours = { previous: runs[index - 1]?.at ?? null, next: runs[index + 1]?.at ?? null };
    const reason = run.outcome === "incomplete" ? reasonOf(run, labels, evidence, neighbours) : null;
    const splitFrom = bornAt.has(id) ? null : formerHome(run, remembered);
    const firstReceivedAt = earliest(run.signals.flatMap((signal) => receivedAt.get(signal.key) ?? []));
    await writeLead(tx, { ...key, id, run, reason, splitFrom, receivedAt: firstReceivedAt ?? new Date() });
    await remember(tx, key, id, run, remembered);
    await joinLeads(
      tx,
      { pageId: key.pageId, id },
      absorbed.filter((old) => bornAt.has(old)),
    );
  }

  // Weak evidence can vanish: the flow it told of turns out never to have run. Its id still has to lead somewhere.
  const last = named.at(-1);
  const stranded = unplaced.filter((id) => bornAt.has(id));
  if (last !== undefined && stranded.length > 0) await joinLeads(tx, { pageId: key.pageId, id: last.id }, stranded);

  await setProbableAction(
    tx,
    key,
    probableActionAt(
      signals,
      evidence.userMessages.map(({ at }) => at),
    ),
  );
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

function earliest(times: Date[]): Date | null {
  return times.reduce<Date | null>((first, time) => (first === null || time < first ? time : first), null);
}
