import "server-only";
import { prisma } from "#lib/db.ts";
import { readLeadLabel } from "#lib/leads/lead-label.ts";
import { log } from "#lib/log.ts";
import { getConversationMessages } from "#lib/messenger/get-conversation-messages.ts";
import { getLabels } from "#lib/messenger/get-labels.ts";
import { type Conversation, listConversations } from "#lib/messenger/list-conversations.ts";
import { askMeta } from "#lib/pages/ask-meta.ts";
import { finishReconciling } from "./finish-reconciling.ts";
import { keepHistory } from "./keep-history.ts";
import { keepMissedMessages } from "./keep-missed-messages.ts";
import { type LeasedReconciliation, leaseReconciliation } from "./lease-reconciliation.ts";
import {
  beginReconciling,
  CALL_EVERY_MS,
  pauseAfter,
  type ReconcileCursor,
  type ReconcileTask,
  readCursor,
  readFrom,
} from "./reconcile-cursor.ts";

/** What fails this often is left for the next round. */
const TRIES = 5;
/** The list is refused on pages with very many messages; single threads are not. */
const LIST_TRIES = 4;
const SINGLE_THREADS = 500;
const REST_MS = 60_000;

/** What a call came to. `failed`: refused for now. `refused`: there will be no answer. `unreachable`: Meta is away. */
type Turn = "done" | "refused" | "failed" | "unreachable" | "paused";

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
    const isFinished = await finishReconciling(lease, known);
    if (!isFinished) await save(lease, known, CALL_EVERY_MS);
    return true;
  }
  const cursor = structuredClone(known);
  const [task] = cursor.tasks;
  const turn = task === undefined ? await list(pageId, cursor) : await work(pageId, cursor, task);
  await advance(lease, cursor, task !== undefined, turn);
  return true;
}

async function advance(
  lease: LeasedReconciliation,
  cursor: ReconcileCursor,
  wasTask: boolean,
  turn: Turn,
): Promise<void> {
  if (turn === "paused") return save(lease, cursor, REST_MS);
  const failures = turn === "failed" || turn === "unreachable" ? cursor.failures + 1 : 0;
  const isGivenUp = turn === "refused" || (turn === "failed" && failures >= (wasTask ? TRIES : LIST_TRIES));
  if (wasTask && (turn === "done" || isGivenUp)) cursor.tasks.shift();
  if (!wasTask && isGivenUp) {
    cursor.isListed = true;
    cursor.tasks.push(...(await knownThreads(lease.pageId, cursor)));
  }
  cursor.failures = isGivenUp ? 0 : failures;
  await save(lease, cursor, failures === 0 ? CALL_EVERY_MS : pauseAfter(failures));
}

async function list(pageId: string, cursor: ReconcileCursor): Promise<Turn> {
  const answer = await askMeta(pageId, ({ token, graphId, platform }) =>
    listConversations({ pageId: graphId, platform, after: cursor.after }, token),
  );
  if (answer.outcome !== "ok") return turnOf(answer);
  const from = readFrom(cursor);
  const { conversations, after } = answer.value;
  const recent = conversations.filter(({ updatedAt }) => updatedAt === null || updatedAt >= from);
  cursor.tasks.push(...(await unread(pageId, recent)));
  cursor.after = after;
  cursor.isListed = after === null || recent.length < conversations.length;
  return "done";
}

/** Those that may hold something we have not read; who may hold a thread otherwise than we think is asked for by itself. */
async function unread(pageId: string, conversations: readonly Conversation[]): Promise<ReconcileTask[]> {
  const found = conversations.flatMap(({ participants, ...conversation }) => {
    const person = participants.find(({ id }) => id !== pageId);
    return person === undefined ? [] : [{ ...conversation, psid: person.id, name: person.name ?? person.username }];
  });
  const threads = await prisma.thread.findMany({
    where: { pageId, psid: { in: found.map(({ psid }) => psid) } },
    select: { psid: true, historyReadAt: true, control: true, refreshDueAt: true },
  });
  const known = new Map(threads.map((thread) => [thread.psid, thread]));
  const mistaken = found.filter(({ psid, isOwner }) => {
    const thread = known.get(psid);
    return thread !== undefined && isOwner !== null && isOwner !== (thread.control === "ours");
  });
  await prisma.thread.updateMany({
    where: { pageId, psid: { in: mistaken.map(({ psid }) => psid) }, refreshDueAt: null },
    data: { refreshDueAt: new Date(), refreshTries: 0 },
  });
  return found
    .filter(({ psid, updatedAt }) => {
      const readAt = known.get(psid)?.historyReadAt ?? null;
      return readAt === null || updatedAt === null || readAt.getTime() < updatedAt.getTime() + 1_000;
    })
    .map(({ id, psid, name }) => ({ what: "messages", psid, id, name }));
}

/** The threads we know that were not silent lately: instead of the list. */
async function knownThreads(pageId: string, cursor: ReconcileCursor): Promise<ReconcileTask[]> {
  const since = new Date(readFrom(cursor).getTime() - 24 * 60 * REST_MS);
  const threads = await prisma.thread.findMany({
    where: { pageId, OR: [{ lastInboundAt: { gte: since } }, { lastOutboundAt: { gte: since } }] },
    select: { psid: true },
    orderBy: { lastInboundAt: { sort: "desc", nulls: "last" } },
    take: SINGLE_THREADS,
  });
  return threads.map(({ psid }) => ({ what: "find", psid, id: null, name: null }));
}

async function work(pageId: string, cursor: ReconcileCursor, { what, psid, id, name }: ReconcileTask): Promise<Turn> {
  const askedAt = new Date();
  if (what === "find" || id === null) {
    const answer = await askMeta(pageId, ({ token, graphId, platform }) =>
      listConversations({ pageId: graphId, platform, psid, limit: 1 }, token),
    );
    if (answer.outcome !== "ok") return turnOf(answer);
    cursor.tasks.push(...(await unread(pageId, answer.value.conversations)));
    return "done";
  }
  if (what === "labels") {
    const answer = await askMeta(pageId, ({ token }) => getLabels(psid, token));
    if (answer.outcome !== "ok") return turnOf(answer);
    const labels = answer.value.map((label) => label.name).filter((label) => readLeadLabel(label) !== null);
    const told = { pageId, psid, platform: "page", askedAt: askedAt.toISOString(), conversationId: id } as const;
    if (labels.length > 0) await keepHistory({ ...told, name, labels });
    return "done";
  }
  const platform = { name: "page" as "page" | "instagram" };
  const answer = await askMeta(pageId, (access) => {
    platform.name = access.platform === "instagram" ? "instagram" : "page";
    return getConversationMessages(id, access.token);
  });
  if (answer.outcome !== "ok") return turnOf(answer);
  const asked = { pageId, psid, platform: platform.name, askedAt, conversationId: id, name, since: cursor.since };
  const missed = await keepMissedMessages(asked, answer.value);
  cursor.messages += missed.messages;
  if (missed.messages > 0) cursor.threads += 1;
  if (missed.isCutShort) cursor.cutShort += 1;
  if (missed.wantsLabels && platform.name === "page") cursor.tasks.push({ what: "labels", psid, id, name });
  return "done";
}

function turnOf(answer: { outcome: string; reason?: string; class?: string }): Turn {
  if (answer.outcome === "not-sent") return answer.reason === undefined ? "unreachable" : "paused";
  if (answer.outcome !== "refused") return "unreachable";
  if (answer.class === "transient" || answer.class === "auth") return "unreachable";
  return answer.class === "throttled" ? "failed" : "refused";
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
