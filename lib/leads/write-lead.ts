import "server-only";
import type { Tx } from "#lib/db.ts";
import type { ThreadKey } from "#lib/threads/thread-key.ts";
import type { LeadRun } from "./in-progress.ts";
import type { LeadReason } from "./lead.ts";
import { tellActivity } from "./tell-activity.ts";

type FoldedLead = ThreadKey & {
  id: string;
  run: LeadRun;
  reason: LeadReason | null;
  /** The lead this one was split off from, if it was. */
  splitFrom: string | null;
  receivedAt: Date;
};

/** Writes a lead as folding sees it now, and tells in its history when it is new or ended otherwise than thought. */
export async function writeLead(tx: Tx, lead: FoldedLead): Promise<void> {
  const { pageId, psid, id, run, reason } = lead;
  const ref = { pageId, id };
  const folded = { status: run.outcome, reason, adId: run.adId, at: run.at };
  const before = await tx.lead.findUnique({
    where: { pageId_id: ref },
    select: { status: true, reason: true, adId: true, at: true, receivedAt: true },
  });

  if (before === null) {
    await tx.lead.create({
      data: { ...ref, psid, ...folded, receivedAt: lead.receivedAt, lastActivityAt: run.at },
      select: { id: true },
    });
    await tellActivity(tx, ref, { kind: "created", data: { status: run.outcome, reason } });
    if (lead.splitFrom !== null) await tellActivity(tx, ref, { kind: "split", data: { from: lead.splitFrom } });
    return createAnswers(tx, ref, run);
  }
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
  await writeAnswers(tx, ref, run);
}

function differs(
  before: { status: string; reason: string | null; adId: string | null; at: Date },
  folded: { status: string; reason: string | null; adId: string | null; at: Date },
): boolean {
  return (
    before.status !== folded.status ||
    before.reason !== folded.reason ||
    before.adId !== folded.adId ||
    before.at.getTime() !== folded.at.getTime()
  );
}

async function writeAnswers(tx: Tx, { pageId, id }: { pageId: string; id: string }, run: LeadRun): Promise<void> {
  const where = { pageId, leadId: id };
  const before = await tx.answer.findMany({
    where,
    select: { question: true, answer: true },
    orderBy: { position: "asc" },
  });
  const isSame =
    before.length === run.answers.length &&
    run.answers.every((pair, i) => pair.question === before[i]?.question && pair.answer === before[i]?.answer);
  if (isSame) return;
  await tx.answer.deleteMany({ where });
  await createAnswers(tx, { pageId, id }, run);
  await tx.lead.updateMany({ where: { pageId, id }, data: { changedAt: new Date() } });
}

async function createAnswers(tx: Tx, { pageId, id }: { pageId: string; id: string }, run: LeadRun): Promise<void> {
  if (run.answers.length === 0) return;
  await tx.answer.createMany({
    data: run.answers.map(({ question, answer }, position) => ({ pageId, leadId: id, position, question, answer })),
  });
}
