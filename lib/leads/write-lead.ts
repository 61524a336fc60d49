import "server-only";
import type { Tx } from "#lib/db.ts";
import { newId } from "#lib/ids.ts";
import type { ThreadKey } from "#lib/threads/thread-key.ts";
import type { LeadRun } from "./in-progress.ts";
import type { Answer, LeadReason } from "./lead.ts";
import { tellActivity } from "./tell-activity.ts";

type FoldedLead = ThreadKey & {
  id: string;
  run: LeadRun;
  reason: LeadReason | null;
  /** The lead this one was split off from, if it was. */
  splitFrom: string | null;
  receivedAt: Date;
};

type Folded = { status: string; reason: string | null; adId: string | null; at: Date };

/**
 * Writes a lead as folding sees it now, and tells in its history when it is new or ended otherwise than thought.
 * `before` is the lead as it stands; undefined while there is none.
 */
export async function writeLead(
  tx: Tx,
  lead: FoldedLead,
  before: (Folded & { answers: readonly Answer[] }) | undefined,
): Promise<void> {
  if (before === undefined) return create(tx, lead);
  const { pageId, id, run, reason } = lead;
  const ref = { pageId, id };
  const folded = { status: run.outcome, reason, adId: run.adId, at: run.at };
  if (differs(before, folded)) {
    await tx.lead.update({
      where: { pageId_id: ref },
      data: { ...folded, changedAt: new Date() },
      select: { id: true },
    });
    if (before.status !== folded.status || before.reason !== folded.reason) {
      const data = { from: before.status, to: folded.status, reason };
      await tellActivity(tx, ref, { kind: "status_changed", data });
    }
  }
  if (!isSame(before.answers, run.answers)) await replaceAnswers(tx, ref, run.answers);
}

/** Raw, so that a new lead with its answers and the beginning of its history is one statement. */
async function create(tx: Tx, { pageId, psid, id, run, reason, splitFrom, receivedAt }: FoldedLead): Promise<void> {
  const now = new Date();
  const told = [
    { id: newId(), kind: "created", data: { status: run.outcome, reason } },
    ...(splitFrom === null ? [] : [{ id: newId(), kind: "split", data: { from: splitFrom } }]),
  ];
  const answers = run.answers.map(({ question, answer }, position) => ({ position, question, answer }));
  await tx.$executeRaw`
    WITH made AS (
      INSERT INTO lead ("pageId", id, psid, status, reason, "adId", at, "receivedAt", "lastActivityAt", "createdAt", "changedAt")
      VALUES (${pageId}, ${id}::uuid, ${psid}, ${run.outcome}, ${reason}, ${run.adId}, ${run.at}::timestamptz,
        ${receivedAt}::timestamptz, ${run.at}::timestamptz, ${now}::timestamptz, ${now}::timestamptz)),
    told AS (
      INSERT INTO activity ("pageId", "leadId", at, id, kind, data)
      SELECT ${pageId}, ${id}::uuid, ${now}::timestamptz, id, kind, data
      FROM jsonb_to_recordset(${JSON.stringify(told)}::jsonb) AS line (id uuid, kind text, data jsonb))
    INSERT INTO answer ("pageId", "leadId", position, question, answer)
    SELECT ${pageId}, ${id}::uuid, position, question, answer
    FROM jsonb_to_recordset(${JSON.stringify(answers)}::jsonb) AS given (position int, question text, answer text)`;
}

function differs(before: Folded, folded: Folded): boolean {
  return (
    before.status !== folded.status ||
    before.reason !== folded.reason ||
    before.adId !== folded.adId ||
    before.at.getTime() !== folded.at.getTime()
  );
}

function isSame(before: readonly Answer[], now: readonly Answer[]): boolean {
  return (
    before.length === now.length &&
    now.every((pair, i) => pair.question === before[i]?.question && pair.answer === before[i]?.answer)
  );
}

async function replaceAnswers(
  tx: Tx,
  { pageId, id }: { pageId: string; id: string },
  answers: readonly Answer[],
): Promise<void> {
  await tx.answer.deleteMany({ where: { pageId, leadId: id } });
  await tx.answer.createMany({
    data: answers.map(({ question, answer }, position) => ({ pageId, leadId: id, position, question, answer })),
  });
  await tx.lead.updateMany({ where: { pageId, id }, data: { changedAt: new Date() } });
}
