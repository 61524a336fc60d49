import "server-only";
import type { Tx } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import { newId } from "#lib/ids.ts";
import { askForRefresh } from "#lib/threads/ask-for-refresh.ts";
import { setProbableAction } from "#lib/threads/set-probable-action.ts";
import type { ThreadKey } from "#lib/threads/thread-key.ts";
import { type Evidence, findEvidence } from "./find-evidence.ts";
import { type FoldedLead, foldThread } from "./fold-thread.ts";
import { greetLeads } from "./greet-leads.ts";
import { MAX_WAIT_MS } from "./greeting.ts";
import type { WeakSignal } from "./in-progress.ts";
import { joinLeads } from "./join-leads.ts";
import { recoverSignals } from "./recover-signals.ts";
import { writeLead } from "./write-lead.ts";

/**
 * Makes the leads of a thread anew from the set of its signals, and writes what differs. The thread is
 * locked by the caller. Arrival order cannot matter: nothing is read but the signals and what the thread saw.
 * What is only applied once more (`isReplay`) has nobody greeted.
 */
export async function refoldThread(
  tx: Tx,
  key: ThreadKey,
  { isReplay = false }: { isReplay?: boolean } = {},
): Promise<void> {
  const { found, answered } = await recovered(tx, key, await findEvidence(tx, key));
  const now = new Date();
  const folded = foldThread({ ...found, answered }, { ourAppId: env.META_APP_ID, now, newId });
  if (folded === null) return;

  const { leads, unplaced, probableActionAt } = folded;
  const standing = new Map(found.leads.map((lead) => [lead.id, lead]));
  for (const lead of leads) {
    await writeLead(tx, { ...key, ...lead }, standing.get(lead.id));
    await remember(tx, key, lead);
    await joinLeads(tx, { pageId: key.pageId, id: lead.id }, lead.absorbed);
  }

  // Weak evidence can vanish: the flow it told of turns out never to have run. Its id still has to lead somewhere.
  const last = leads.at(-1);
  if (last !== undefined) await joinLeads(tx, { pageId: key.pageId, id: last.id }, unplaced);

  if (probableActionAt?.getTime() !== found.probableActionAt?.getTime()) {
    await setProbableAction(tx, key, probableActionAt);
  }
  // The history may show when the person really acted.
  if (probableActionAt !== null) await askForRefresh(tx, key, probableActionAt);
  const isFresh = ({ run }: FoldedLead) => run.outcome === "complete" && run.at.getTime() > now.getTime() - MAX_WAIT_MS;
  if (!isReplay && leads.some(isFresh)) await greetLeads(tx, key);
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

/** Raw, because Prisma has no such upsert of many. */
async function remember(tx: Tx, { pageId, psid }: ThreadKey, { id, news }: FoldedLead): Promise<void> {
  const { strong, weak } = news;
  if (strong.length + weak.length === 0) return;
  await tx.$executeRaw`
    WITH heard AS (
      INSERT INTO weak_signal ("pageId", psid, key, "leadId")
      SELECT ${pageId}, ${psid}, key, ${id}::uuid FROM unnest(${weak}::text[]) AS key
      ON CONFLICT ("pageId", key) DO UPDATE SET "leadId" = excluded."leadId")
    UPDATE signal SET "leadId" = ${id}::uuid WHERE "pageId" = ${pageId} AND key = ANY (${strong}::text[])`;
}
