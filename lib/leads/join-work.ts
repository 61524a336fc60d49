/**
 * What agents did with a lead, and what becomes of it when two leads turn out to be one. The survivor's
 * assignee and stage stay, unless no human ever touched them: then the newest human change among the
 * joined ones counts. A split needs no rule here: the work stays with its id, the new lead starts fresh.
 */
import type { Stage } from "./lead.ts";

export type LeadWork = {
  id: string;
  assigneeId: string | null;
  /** When a person last changed the assignee, giving the lead back included; null: never. */
  assignedAt: Date | null;
  stage: Stage;
  stageReason: string | null;
  /** When a person last changed the stage; null: never. */
  stageChangedAt: Date | null;
};

export function joinWork(survivor: LeadWork, absorbed: readonly LeadWork[]): LeadWork {
  const { assigneeId, assignedAt } = touchedOr(survivor, absorbed, (work) => work.assignedAt);
  const { stage, stageReason, stageChangedAt } = touchedOr(survivor, absorbed, (work) => work.stageChangedAt);
  return { id: survivor.id, assigneeId, assignedAt, stage, stageReason, stageChangedAt };
}

function touchedOr(
  survivor: LeadWork,
  absorbed: readonly LeadWork[],
  touchedAt: (work: LeadWork) => Date | null,
): LeadWork {
  if (touchedAt(survivor) !== null) return survivor;
  const time = (work: LeadWork) => touchedAt(work)?.getTime() ?? Number.NEGATIVE_INFINITY;
  const [newest] = absorbed
    .filter((work) => touchedAt(work) !== null)
    .toSorted((a, b) => time(b) - time(a) || (a.id < b.id ? -1 : 1));
  return newest ?? survivor;
}
