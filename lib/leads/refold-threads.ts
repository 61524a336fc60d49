import "server-only";
import type { Tx } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import { newId } from "#lib/ids.ts";
import { askForRefresh } from "#lib/threads/ask-for-refresh.ts";
import { setProbableAction } from "#lib/threads/set-probable-action.ts";
import { type Evidence, findEvidence } from "./find-evidence.ts";
import { type FoldedLead, foldThread } from "./fold-thread.ts";
import { greetLeads } from "./greet-leads.ts";
import { MAX_WAIT_MS } from "./greeting.ts";
import type { WeakSignal } from "./in-progress.ts";
import { checkFolded } from "./invariants.ts";
import { joinLeads } from "./join-leads.ts";
import { recoverSignals } from "./recover-signals.ts";
import { writeLeads } from "./write-leads.ts";

type Found = { evidence: Evidence; answered: WeakSignal[] };

/**
 * Makes the leads of a page's threads anew from the sets of their signals, and writes what differs. The threads are
 * locked by the caller. Arrival order cannot matter: nothing is read but the signals and what the threads saw.
 * `quiet`: threads of which something is only applied once more; nobody is greeted there.
 */
export async function refoldThreads(
  tx: Tx,
  pageId: string,
  psids: readonly string[],
  quiet: ReadonlySet<string> = new Set(),
): Promise<void> {
  const now = new Date();
  const found = await recovered(tx, pageId, await findEvidence(tx, pageId, psids));
  const folded = found.flatMap(({ evidence, answered }) => {
    const known = { ...evidence, answered };
    const thread = foldThread(known, { ourAppId: env.META_APP_ID, now, newId });
    if (thread === null) return [];
    checkFolded(thread, known);
    return [{ ...thread, evidence, psid: evidence.psid }];
  });
  const leads = folded.flatMap(({ psid, evidence, leads }) => {
    const standing = new Map(evidence.leads.map((lead) => [lead.id, lead]));
    return leads.map((lead) => ({ ...lead, psid, before: standing.get(lead.id) }));
  });
  await writeLeads(tx, pageId, leads);

  for (const thread of folded) {
    for (const { id, absorbed } of thread.leads) await joinLeads(tx, { pageId, id }, absorbed);
    // Weak evidence can vanish: the flow it told of turns out never to have run. Its id still has to lead somewhere.
    const last = thread.leads.at(-1);
    if (last !== undefined) await joinLeads(tx, { pageId, id: last.id }, thread.unplaced);
    await noteProbableAction(tx, pageId, thread.evidence, thread.probableActionAt);
  }
  const isFresh = ({ run }: FoldedLead) => run.outcome === "complete" && run.at.getTime() > now.getTime() - MAX_WAIT_MS;
  const greetable = new Set(leads.filter(isFresh).map(({ psid }) => psid));
  await greetLeads(
    tx,
    pageId,
    [...greetable].filter((psid) => !quiet.has(psid)),
  );
}

/** A thread whose history was read may hold leads whose own signals never came: then there is more than was found. */
async function recovered(tx: Tx, pageId: string, found: readonly Evidence[]): Promise<Found[]> {
  const answered = new Map<string, WeakSignal[]>();
  for (const { psid, historyReadAt } of found) {
    if (historyReadAt !== null) answered.set(psid, await recoverSignals(tx, { pageId, psid }));
  }
  const again = new Map((await findEvidence(tx, pageId, [...answered.keys()])).map((one) => [one.psid, one]));
  return found.map((evidence) => ({
    evidence: again.get(evidence.psid) ?? evidence,
    answered: answered.get(evidence.psid) ?? [],
  }));
}

async function noteProbableAction(
  tx: Tx,
  pageId: string,
  { psid, probableActionAt, refreshDueAt, historyReadAt }: Evidence,
  actedAt: Date | null,
): Promise<void> {
  const key = { pageId, psid };
  if (actedAt?.getTime() !== probableActionAt?.getTime()) await setProbableAction(tx, key, actedAt);
  // The history may show when the person really acted; what was read since needs no second look.
  const isToBeAsked = actedAt !== null && refreshDueAt === null && (historyReadAt === null || historyReadAt < actedAt);
  if (isToBeAsked) await askForRefresh(tx, key, actedAt);
}
