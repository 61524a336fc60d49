import "server-only";
import type { Tx } from "#lib/db.ts";
import { joinWork } from "./join-work.ts";
import { stage } from "./lead.ts";
import type { LeadRef } from "./lead-ref.ts";
import { tellActivity } from "./tell-activity.ts";

const work = {
  id: true,
  assigneeId: true,
  assignedAt: true,
  stage: true,
  stageReason: true,
  stageChangedAt: true,
} as const;

/**
 * Leads that turned out to be one: the survivor takes over the others' work, notes and history, and their
 * ids become aliases that resolve for ever.
 */
export async function joinLeads(tx: Tx, survivor: LeadRef, absorbed: readonly string[]): Promise<void> {
  if (absorbed.length === 0) return;
  const { pageId, id } = survivor;
  const ids = [...absorbed];
  const rows = await tx.lead.findMany({ where: { pageId, id: { in: [id, ...ids] } }, select: work });
  const works = rows.map((row) => ({ ...row, stage: stage.parse(row.stage) }));
  const own = works.find((one) => one.id === id);
  if (own === undefined) throw new Error("The lead that others are joined into is not there.");
  const { id: _, ...joined } = joinWork(
    own,
    works.filter((one) => one.id !== id),
  );

  const where = { pageId, leadId: { in: ids } };
  const data = { leadId: id };
  await tx.note.updateMany({ where, data });
  await tx.activity.updateMany({ where, data });
  await tx.assignment.updateMany({ where, data });
  await tx.leadAlias.updateMany({ where, data });
  await tx.signal.updateMany({ where, data });
  await tx.weakSignal.updateMany({ where, data });
  await moveDrafts(tx, survivor, ids);
  await tx.lead.deleteMany({ where: { pageId, id: { in: ids } } });
  await tx.leadAlias.createMany({
    data: ids.map((aliasId) => ({ pageId, aliasId, leadId: id })),
    skipDuplicates: true,
  });
  await tx.lead.update({
    where: { pageId_id: survivor },
    data: { ...joined, changedAt: new Date() },
    select: { id: true },
  });
  await tellActivity(tx, survivor, { kind: "joined", data: { ids } });
}

/** A person has one draft per lead; the survivor's own stays. */
async function moveDrafts(tx: Tx, { pageId, id }: LeadRef, ids: string[]): Promise<void> {
  const drafts = await tx.draft.findMany({ where: { pageId, leadId: { in: ids } } });
  await tx.draft.createMany({ data: drafts.map((draft) => ({ ...draft, leadId: id })), skipDuplicates: true });
}
