import "server-only";
import type { Tx } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import { isPageInbox, PAGE_INBOX_APP_IDS } from "#lib/messenger/app-ids.ts";
import { extendThread } from "#lib/threads/extend-thread.ts";
import type { ThreadKey } from "#lib/threads/thread-key.ts";
import { askedFlows, type HeardMessage } from "./asked-flow.ts";
import type { Signal } from "./fold.ts";
import type { WeakSignal } from "./in-progress.ts";
import { readSignal } from "./read-signal.ts";
import { isToldFlow, type RecoveredLead, recoveredLeads } from "./recovered-lead.ts";

/** The history shows details of the 20 newest messages; what webhooks brought stands around them. */
const NEWEST = 200;
const FORMS = 200;

/**
 * Looks through a thread whose history was read for leads whose own signals never came, and writes them as
 * recovered signals: the same for the same messages, labels and signals, so any order ends equal. Returns the
 * answers as weak evidence, so that a lead keeps its id whatever is found out later.
 */
export async function recoverSignals(tx: Tx, key: ThreadKey): Promise<WeakSignal[]> {
  const thread = await tx.thread.findUnique({ where: { pageId_psid: key }, select: { historyReadAt: true } });
  const readAt = thread?.historyReadAt ?? null;
  if (readAt === null) return [];

  const rows = (await tx.signal.findMany({ where: key })).map(readSignal);
  const before = rows.filter(({ isRecovered }) => isRecovered);
  const signals = rows.filter(({ isRecovered }) => !isRecovered);
  const flows = askedFlows(await heardMessages(tx, key, readAt)).filter(
    (flow) => !isToldFlow(flow, signals) || before.some((one) => one.key === `recovered:${flow.answers[0]?.mid}`),
  );
  const labels = await tx.labelFact.findMany({ where: key });
  const ids = flows.length === 0 ? [] : await findComplete(tx, key);
  const forms = await findForms(tx, key, ids);
  const confirmations = await findConfirmations(tx, key, ids);
  const found = recoveredLeads(flows, { signals, labels, forms, confirmations, readAt });
  await writeSignals(tx, key, before, found);
  return found.flatMap(({ mids }) => mids.map(({ mid, at }) => ({ key: `message:${mid}`, at })));
}

async function heardMessages(tx: Tx, key: ThreadKey, readAt: Date): Promise<HeardMessage[]> {
  const rows = await tx.message.findMany({
    where: { ...key, sentAt: { lte: readAt } },
    select: { mid: true, direction: true, text: true, sentAt: true, appId: true, replyId: true, kind: true },
    orderBy: [{ sentAt: "desc" }, { mid: "desc" }],
    take: NEWEST,
  });
  return rows.reverse().map(({ mid, direction, text, sentAt, appId, replyId }) => ({
    mid,
    isFromPerson: direction === "in",
    isByHuman: direction === "out" && (replyId !== null || appId === env.META_APP_ID || isPageInbox(appId)),
    text,
    at: sentAt,
  }));
}

/** The page's newest complete leads, other people's: a thread is no evidence of itself. */
async function findComplete(tx: Tx, { pageId, psid }: ThreadKey): Promise<string[]> {
  const leads = await tx.lead.findMany({
    where: { pageId, source: "messenger", status: "complete", psid: { not: psid } },
    select: { id: true },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: FORMS,
  });
  return leads.map(({ id }) => id);
}

/** What the page said as soon as these leads were complete, by a machine. Raw, to compare the times of two tables. */
async function findConfirmations(tx: Tx, { pageId }: ThreadKey, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const people = [env.META_APP_ID, ...PAGE_INBOX_APP_IDS];
  const rows = await tx.$queryRaw<{ text: string }[]>`
    SELECT DISTINCT m.text FROM lead l
    JOIN message m ON m."pageId" = l."pageId" AND m.psid = l.psid AND m.direction = 'out' AND m."replyId" IS NULL
      AND m."sentAt" BETWEEN l.at - interval '2 seconds' AND l.at + interval '15 seconds'
    WHERE l."pageId" = ${pageId} AND l.id = ANY(${ids}::uuid[]) AND m.text IS NOT NULL
      AND (m."appId" IS NULL OR m."appId" <> ALL(${people}))`;
  return rows.map(({ text }) => text);
}

/** The questions of these leads. */
async function findForms(tx: Tx, { pageId }: ThreadKey, ids: readonly string[]): Promise<string[][]> {
  if (ids.length === 0) return [];
  const answers = await tx.answer.findMany({
    where: { pageId, leadId: { in: [...ids] } },
    select: { leadId: true, question: true },
    orderBy: [{ leadId: "asc" }, { position: "asc" }],
  });
  const forms = Map.groupBy(answers, ({ leadId }) => leadId).values();
  const distinct = new Set([...forms].map((form) => JSON.stringify(form.map(({ question }) => question))));
  return [...distinct].map((form): string[] => JSON.parse(form));
}

async function writeSignals(
  tx: Tx,
  key: ThreadKey,
  before: readonly Signal[],
  found: readonly RecoveredLead[],
): Promise<void> {
  const signals = found.flatMap(({ signal }) => (signal === null ? [] : [signal]));
  const gone = before.filter((one) => !signals.some((signal) => signal.key === one.key));
  if (gone.length > 0) {
    await tx.signal.deleteMany({ where: { ...key, key: { in: gone.map((one) => one.key) }, isRecovered: true } });
  }
  for (const { key: signalKey, at, outcome, answers } of signals) {
    const known = before.find((one) => one.key === signalKey);
    const data = { at, outcome, answers };
    if (known === undefined) {
      const fixed = { ...key, key: signalKey, kind: "R", isRecovered: true, receivedAt: new Date() };
      await tx.signal.createMany({ data: { ...fixed, ...data }, skipDuplicates: true });
    } else if (JSON.stringify([known.at, known.outcome, known.answers]) !== JSON.stringify([at, outcome, answers])) {
      await tx.signal.updateMany({ where: { ...key, key: signalKey, isRecovered: true }, data });
    }
    if (outcome === "complete") await extendThread(tx, key, { firstAdMessageAt: at });
  }
}
