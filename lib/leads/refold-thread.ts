import "server-only";
import type { Tx } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import { newId } from "#lib/ids.ts";
import { askForRefresh } from "#lib/threads/ask-for-refresh.ts";
import { controlEvidence, type FlowEvidence } from "#lib/threads/flow-evidence.ts";
import { setProbableAction } from "#lib/threads/set-probable-action.ts";
import type { ThreadKey } from "#lib/threads/thread-key.ts";
import { type Evidence, findEvidence } from "./find-evidence.ts";
import { foldSignals, type Run } from "./fold.ts";
import { greetLeads } from "./greet-leads.ts";
import { MAX_WAIT_MS } from "./greeting.ts";
import { answersHeard, type LeadRun, type WeakSignal, withInProgress } from "./in-progress.ts";
import { joinLeads } from "./join-leads.ts";
import type { LeadReason } from "./lead.ts";
import { incompleteLabel, type LabelFact, readLeadLabel } from "./lead-label.ts";
import { nameRuns } from "./name-runs.ts";
import { probableActionAt } from "./probable-action.ts";
import { incompleteReason } from "./reason.ts";
import { recoverSignals } from "./recover-signals.ts";
import { writeLead } from "./write-lead.ts";

/**
 * Makes the leads of a thread anew from the set of its signals, and writes what differs. The thread is
 * locked by the caller. Arrival order cannot matter: nothing is read but the signals and what the thread saw.
 */
export async function refoldThread(tx: Tx, key: ThreadKey): Promise<void> {
  const { found, answered } = await recovered(tx, key, await findEvidence(tx, key));
  const { signals: rows, labels } = found;
  const evidence: FlowEvidence = {
    userMessages: found.heard,
    sendsAcceptedAt: found.sends,
    ...controlEvidence(found.facts, env.META_APP_ID),
  };
  const weak = [...weakSignals(labels, evidence), ...answered];
  const remembered = recall([...rows, ...found.signs]);
  if (rows.length === 0 && weak.length === 0 && remembered.size === 0) return;

  const { runs } = withInProgress(foldSignals(rows), weak);
  const leads = new Map(found.leads.map((lead) => [lead.id, lead]));
  const bornAt = new Map(found.leads.map((lead) => [lead.id, lead.createdAt]));
  const isThere = (id: string) => leads.has(id);
  const { named, unplaced } = nameRuns(runs, remembered, bornAt, newId);

  for (const [index, { id, run, absorbed }] of named.entries()) {
    const neighbours = { previous: runs[index - 1]?.at ?? null, next: runs[index + 1]?.at ?? null };
    const reason = run.outcome === "incomplete" ? reasonOf(run, labels, evidence, neighbours) : null;
    const splitFrom = isThere(id) ? null : formerHome(run, remembered);
    const receivedAt = firstReceivedAt(run, rows);
    await writeLead(tx, { ...key, id, run, reason, splitFrom, receivedAt }, leads.get(id));
    await remember(tx, key, id, run, remembered);
    await joinLeads(tx, { pageId: key.pageId, id }, absorbed.filter(isThere));
  }

  // Weak evidence can vanish: the flow it told of turns out never to have run. Its id still has to lead somewhere.
  const last = named.at(-1);
  if (last !== undefined) await joinLeads(tx, { pageId: key.pageId, id: last.id }, unplaced.filter(isThere));

  const seenAt = evidence.userMessages.map(({ at }) => at);
  const actedAt = probableActionAt(rows, seenAt);
  if (actedAt?.getTime() !== found.probableActionAt?.getTime()) await setProbableAction(tx, key, actedAt);
  // The history may show when the person really acted.
  if (actedAt !== null) await askForRefresh(tx, key, actedAt);
  if (runs.some((run) => run.outcome === "complete" && run.at.getTime() > Date.now() - MAX_WAIT_MS)) {
    await greetLeads(tx, key);
  }
}

/** A thread whose history was read may hold leads whose own signals never came: then there is more than was found. */
async function recovered(
  tx: Tx,
  key: ThreadKey,
  found: Evidence,
): Promise<{ found: Evidence; answered: WeakSignal[] }> {
  if (found.historyReadAt === null) return { found, answered: [] };
  const answered = await recoverSignals(tx, key);
  return { found: await findEvidence(tx, key), answered };
}

type SignalRow = { key: string; receivedAt: Date };

/** Which lead each signal, weak ones too, last belonged to. */
function recall(known: readonly { key: string; leadId: string | null }[]): Map<string, string> {
  return new Map(known.flatMap(({ key, leadId }) => (leadId === null ? [] : [[key, leadId]])));
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

/** Raw, because Prisma has no such upsert of many. */
async function remember(
  tx: Tx,
  { pageId, psid }: ThreadKey,
  leadId: string,
  run: LeadRun,
  known: ReadonlyMap<string, string>,
): Promise<void> {
  const isNews = (key: string) => known.get(key) !== leadId;
  const strong = run.signals.map(({ key }) => key).filter(isNews);
  const weak = [...new Set(run.weak.map(({ key }) => key))].filter(isNews);
  if (strong.length + weak.length === 0) return;
  await tx.$executeRaw`
    WITH heard AS (
      INSERT INTO weak_signal ("pageId", psid, key, "leadId")
      SELECT ${pageId}, ${psid}, key, ${leadId}::uuid FROM unnest(${weak}::text[]) AS key
      ON CONFLICT ("pageId", key) DO UPDATE SET "leadId" = excluded."leadId")
    UPDATE signal SET "leadId" = ${leadId}::uuid WHERE "pageId" = ${pageId} AND key = ANY (${strong}::text[])`;
}
