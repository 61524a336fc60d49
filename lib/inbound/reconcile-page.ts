import "server-only";
import { prisma } from "#lib/db.ts";
import { readLeadLabel } from "#lib/leads/lead-label.ts";
import { log } from "#lib/log.ts";
import { getConversationMessages } from "#lib/messenger/get-conversation-messages.ts";
import { getLabels } from "#lib/messenger/get-labels.ts";
import type { GraphErrorClass, GraphErrorStep } from "#lib/messenger/graph-error-table.ts";
import { listConversations } from "#lib/messenger/list-conversations.ts";
import { askMeta } from "#lib/pages/ask-meta.ts";
import { findKnownThreads } from "./find-known-threads.ts";
import { findUnread } from "./find-unread.ts";
import { finishReconciling } from "./finish-reconciling.ts";
import { keepHistory } from "./keep-history.ts";
import { keepMissedMessages } from "./keep-missed-messages.ts";
import { type LeasedReconciliation, leaseReconciliation } from "./lease-reconciliation.ts";
import {
  beginReconciling,
  CALL_EVERY_MS,
  leafOn,
  pauseAfter,
  type ReconcileCursor,
  type ReconcileTask,
  readCursor,
  readFrom,
} from "./reconcile-cursor.ts";

/** What fails this often is left for the next round; what is refused, sooner. */
const TRIES = 8;
const REFUSALS = 4;
/** Meta tells the ids of messages it no longer shows: we see what is missing. */
const MESSAGES = 50;
const REST_MS = 60_000;

/** What a call came to. `refused`: Meta does not want to answer. `unreachable`: it cannot, or not to this token. */
type Turn = "done" | "refused" | "throttled" | "unreachable" | "paused";

/**
 * One step of reading a page's conversations again for what was missed: one call to Meta, newest conversations
 * first until where we have been before. False when no page is due, or the next call would come too soon.
 */
export async function reconcilePage(): Promise<boolean> {
  const lease = await leaseReconciliation();
  if (lease === null) return false;
  const { pageId, reconcileSince, reconciledAt, connectedAt } = lease;
  const known = readCursor(lease.reconcileCursor);
  if (known === null) {
    const cursor = beginReconciling({ gapSince: reconcileSince, reconciledAt, connectedAt }, new Date());
    log.info({ event: "reconcile.start", pageId, since: cursor.since.toISOString() });
    // A gap that is found from now on is another one.
    await save(lease, cursor, 0, { reconcileSince: null });
    return true;
  }
  if (known.tasks.length === 0 && known.isListed) {
    const ended = { ...known, endedAt: known.endedAt ?? new Date() };
    const isFinished = await finishReconciling(lease, ended);
    if (!isFinished) await save(lease, ended, CALL_EVERY_MS);
    return true;
  }
  const cursor = structuredClone(known);
  const [task] = cursor.tasks;
  const turn = task === undefined ? await list(pageId, cursor) : await work(pageId, cursor, task);
  await advance(lease, cursor, task, turn);
  return true;
}

async function advance(
  lease: LeasedReconciliation,
  cursor: ReconcileCursor,
  task: ReconcileTask | undefined,
  turn: Turn,
): Promise<void> {
  if (turn === "paused") return save(lease, cursor, REST_MS);
  cursor.failures = turn === "done" ? 0 : cursor.failures + 1;
  const pause = turn === "throttled" ? REST_MS : turn === "done" ? CALL_EVERY_MS : pauseAfter(cursor.failures);
  if (task !== undefined) nextTask(cursor, task, turn);
  else if (turn !== "done") await listLater(lease.pageId, cursor, turn);
  await save(lease, cursor, pause);
}

/** What brought no answer waits behind the others. Of those that never do, Meta may think otherwise in an hour. */
function nextTask(cursor: ReconcileCursor, task: ReconcileTask, turn: Turn): void {
  // A limit says nothing of this conversation.
  if (turn === "throttled") return;
  cursor.tasks.shift();
  if (turn === "done") return;
  const tries = task.tries + 1;
  if (tries < (turn === "refused" ? REFUSALS : TRIES)) cursor.tasks.push({ ...task, tries });
  else if (task.what === "labels") cursor.open.push(task.psid);
  else {
    cursor.unread += 1;
    cursor.isIncomplete ||= turn !== "refused";
  }
}

/** The list is refused where there is very much; the threads we know are read singly, then the list is asked for once more. */
async function listLater(pageId: string, cursor: ReconcileCursor, turn: Turn): Promise<void> {
  // The place in the list may be what was refused.
  if (turn === "refused") cursor.after = null;
  if (cursor.failures < (turn === "unreachable" ? TRIES : REFUSALS)) return;
  cursor.failures = 0;
  cursor.unlisted += 1;
  if (cursor.unlisted === 1) cursor.tasks.push(...(await findKnownThreads(pageId, readFrom(cursor))));
  else {
    cursor.isListed = true;
    cursor.isIncomplete = true;
  }
}

async function list(pageId: string, cursor: ReconcileCursor): Promise<Turn> {
  const askedAt = new Date();
  const answer = await askMeta(pageId, async ({ token, graphId, platform }) =>
    conversationsOnly(await listConversations({ pageId: graphId, platform, after: cursor.after }, token)),
  );
  if (answer.outcome !== "ok") return turnOf(answer);
  const from = readFrom(cursor);
  const { conversations, after } = answer.value;
  const recent = conversations.filter(({ updatedAt }) => updatedAt === null || updatedAt >= from);
  cursor.tasks.push(...(await findUnread(pageId, recent, cursor.startedAt)));
  leafOn(cursor, after, after === null || recent.length < conversations.length, askedAt);
  return "done";
}

async function work(pageId: string, cursor: ReconcileCursor, { what, psid, id, name }: ReconcileTask): Promise<Turn> {
  const askedAt = new Date();
  if (what === "find" || id === null) {
    const answer = await askMeta(pageId, async ({ token, graphId, platform }) =>
      conversationsOnly(await listConversations({ pageId: graphId, platform, psid, limit: 1 }, token)),
    );
    if (answer.outcome !== "ok") return turnOf(answer);
    cursor.tasks.push(...(await findUnread(pageId, answer.value.conversations, cursor.startedAt)));
    return "done";
  }
  if (what === "labels") {
    const answer = await askMeta(pageId, ({ token }) => getLabels(psid, token));
    if (answer.outcome !== "ok") return turnOf(answer);
    const labels = answer.value.map((label) => label.name).filter((label) => readLeadLabel(label) !== null);
    const told = { pageId, psid, platform: "page", askedAt: askedAt.toISOString(), conversationId: id } as const;
    if (labels.length > 0) await keepHistory({ ...told, name, labels, isRead: false });
    if (!labels.some((label) => readLeadLabel(label) !== "in_progress")) cursor.open.push(psid);
    return "done";
  }
  const platform = { name: "page" as "page" | "instagram" };
  const answer = await askMeta(pageId, async (access) => {
    platform.name = access.platform === "instagram" ? "instagram" : "page";
    return conversationsOnly(await getConversationMessages(id, access.token, { limit: MESSAGES }));
  });
  if (answer.outcome !== "ok") return turnOf(answer);
  const { since, startedAt } = cursor;
  const asked = { pageId, psid, platform: platform.name, askedAt, conversationId: id, name, since, startedAt };
  const missed = await keepMissedMessages(asked, answer.value);
  if (missed.hidden > 0) cursor.cut[psid] = missed.hidden;
  if (missed.wantsLabels && platform.name === "page") cursor.tasks.push({ what: "labels", psid, id, name, tries: 0 });
  else if (missed.wantsLabels) cursor.open.push(psid);
  return "done";
}

function turnOf(answer: { outcome: string; reason?: string; class?: string }): Turn {
  if (answer.outcome === "not-sent") return answer.reason === undefined ? "unreachable" : "paused";
  if (answer.outcome !== "refused") return "unreachable";
  if (answer.class === "throttled") return "throttled";
  // What ails the page as a whole will be repaired.
  const isOver = ["transient", "auth", "permission", "policy", "unknown_outcome"].includes(answer.class ?? "");
  return isOver ? "unreachable" : "refused";
}

/** Conversations have a limit of their own; messages need not wait for it. */
function conversationsOnly<T extends { outcome: string; class?: GraphErrorClass; step?: GraphErrorStep }>(
  answer: T,
): T {
  return answer.class === "throttled" ? { ...answer, step: "wait" } : answer;
}

/** Whoever lost the lease meanwhile changes nothing. Raw, for the database's clock. */
async function save(
  { pageId, leaseNumber }: LeasedReconciliation,
  cursor: ReconcileCursor,
  nextInMs: number,
  more: { reconcileSince?: null } = {},
): Promise<void> {
  const { count } = await prisma.pageHealth.updateMany({
    where: { pageId, leaseNumber },
    data: { reconcileCursor: JSON.stringify(cursor), ...more },
  });
  if (count === 0) return;
  await prisma.$executeRaw`
    UPDATE page_health SET "leaseUntil" = now() + make_interval(secs => ${nextInMs / 1000}::double precision)
    WHERE "pageId" = ${pageId} AND "leaseNumber" = ${leaseNumber}`;
}
