import "server-only";
import type { Tx } from "#lib/db.ts";
import { newId } from "#lib/ids.ts";
import type { ActivityKind } from "./activity.ts";
import type { FoldedLead } from "./fold-thread.ts";
import type { Answer } from "./lead.ts";

/** `before`: the lead as it stands; undefined while there is none. */
export type LeadToWrite = FoldedLead & { psid: string; before: StandingLead | undefined };

type StandingLead = {
  status: string;
  reason: string | null;
  adId: string | null;
  at: Date;
  answers: readonly Answer[];
};

type Told = { leadId: string; id: string; kind: ActivityKind; data: Record<string, string | null> };

/**
 * Writes leads as folding sees them now, tells in their history what is new or ended otherwise than thought, and
 * remembers which lead each signal belongs to. Raw, so that all leads of a batch, with answers and history, are two statements.
 */
export async function writeLeads(tx: Tx, pageId: string, leads: readonly LeadToWrite[]): Promise<void> {
  const changed = leads.filter(
    ({ run, before }) => before === undefined || !isSameAnswers(before.answers, run.answers),
  );
  const made = leads.filter(({ before }) => before === undefined);
  const moved = leads.filter(
    (lead) => lead.before !== undefined && (differs(lead, lead.before) || changed.includes(lead)),
  );
  if (made.length + moved.length > 0) await write(tx, pageId, { made, moved, changed });
  await remember(tx, pageId, leads);
}

type Written = Record<"made" | "moved" | "changed", readonly LeadToWrite[]>;

async function write(tx: Tx, pageId: string, { made, moved, changed }: Written): Promise<void> {
  const now = new Date();
  const rowOf = ({ id, psid, run, reason, receivedAt }: LeadToWrite) => {
    return { id, psid, status: run.outcome, reason, adId: run.adId, at: run.at, receivedAt };
  };
  const answers = changed.flatMap(({ id, run }) =>
    run.answers.map(({ question, answer }, position) => ({ leadId: id, position, question, answer })),
  );
  const counts = changed.flatMap(({ id, before, run }) =>
    (before?.answers.length ?? 0) > run.answers.length ? [{ leadId: id, count: run.answers.length }] : [],
  );
  await tx.$executeRaw`
    WITH made AS (
      INSERT INTO lead ("pageId", id, psid, status, reason, "adId", at, "receivedAt", "lastActivityAt", "createdAt", "changedAt")
      SELECT ${pageId}, id, psid, status, reason, "adId", at, "receivedAt", at, ${now}::timestamptz, ${now}::timestamptz
      FROM jsonb_to_recordset(${JSON.stringify(made.map(rowOf))}::jsonb) AS new (
        id uuid, psid text, status text, reason text, "adId" text, at timestamptz, "receivedAt" timestamptz)),
    moved AS (
      UPDATE lead SET status = fresh.status, reason = fresh.reason, "adId" = fresh."adId", at = fresh.at,
        "changedAt" = ${now}::timestamptz
      FROM jsonb_to_recordset(${JSON.stringify(moved.map(rowOf))}::jsonb) AS fresh (
        id uuid, status text, reason text, "adId" text, at timestamptz)
      WHERE lead."pageId" = ${pageId} AND lead.id = fresh.id),
    told AS (
      INSERT INTO activity ("pageId", at, "leadId", id, kind, data)
      SELECT ${pageId}, ${now}::timestamptz, *
      FROM jsonb_to_recordset(${JSON.stringify([...made, ...moved].flatMap(historyOf))}::jsonb) AS line (
        "leadId" uuid, id uuid, kind text, data jsonb)),
    cut AS (
      DELETE FROM answer USING jsonb_to_recordset(${JSON.stringify(counts)}::jsonb) AS left_over ("leadId" uuid, count int)
      WHERE answer."pageId" = ${pageId} AND answer."leadId" = left_over."leadId" AND answer.position >= left_over.count)
    INSERT INTO answer ("pageId", "leadId", position, question, answer)
    SELECT ${pageId}, * FROM jsonb_to_recordset(${JSON.stringify(answers)}::jsonb) AS given (
      "leadId" uuid, position int, question text, answer text)
    ON CONFLICT ("pageId", "leadId", position) DO UPDATE SET question = excluded.question, answer = excluded.answer`;
}

function historyOf({ id, run, reason, splitFrom, before }: LeadToWrite): Told[] {
  const line = (kind: ActivityKind, data: Told["data"]): Told => ({ leadId: id, id: newId(), kind, data });
  const status = run.outcome;
  if (before === undefined) {
    return [line("created", { status, reason }), ...(splitFrom === null ? [] : [line("split", { from: splitFrom })])];
  }
  const isSame = before.status === status && before.reason === reason;
  return isSame ? [] : [line("status_changed", { from: before.status, to: status, reason })];
}

function differs({ run, reason }: LeadToWrite, before: StandingLead): boolean {
  return (
    before.status !== run.outcome ||
    before.reason !== reason ||
    before.adId !== run.adId ||
    before.at.getTime() !== run.at.getTime()
  );
}

function isSameAnswers(before: readonly Answer[], now: readonly Answer[]): boolean {
  return (
    before.length === now.length &&
    now.every((pair, i) => pair.question === before[i]?.question && pair.answer === before[i]?.answer)
  );
}

/** Raw, because Prisma has no such upsert of many. */
async function remember(tx: Tx, pageId: string, leads: readonly LeadToWrite[]): Promise<void> {
  const strong = leads.flatMap(({ id, news }) => news.strong.map((key) => ({ key, leadId: id })));
  const weak = leads.flatMap(({ psid, id, news }) => news.weak.map((key) => ({ psid, key, leadId: id })));
  if (strong.length + weak.length === 0) return;
  const once = [...new Map(weak.map((sign) => [sign.key, sign])).values()];
  await tx.$executeRaw`
    WITH heard AS (
      INSERT INTO weak_signal ("pageId", psid, key, "leadId")
      SELECT ${pageId}, * FROM jsonb_to_recordset(${JSON.stringify(once)}::jsonb) AS sign (psid text, key text, "leadId" uuid)
      ON CONFLICT ("pageId", key) DO UPDATE SET "leadId" = excluded."leadId")
    UPDATE signal SET "leadId" = home."leadId"
    FROM jsonb_to_recordset(${JSON.stringify(strong)}::jsonb) AS home (key text, "leadId" uuid)
    WHERE signal."pageId" = ${pageId} AND signal.key = home.key`;
}
