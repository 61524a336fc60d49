/** One line of a list of leads: plain data that may cross to the browser. Texts are as Meta sent them. */
import type { ControlState } from "#lib/threads/control.ts";
import type { LeadReason, LeadSource, LeadStatus, Stage } from "./lead.ts";

export type LeadRow = {
  /** `pageId.id`, see lead-ref.ts. */
  ref: string;
  pageId: string;
  id: string;
  /** messenger: a run through an ad's questions; instant_form: a form filled in on Meta, without a thread. */
  source: LeadSource;
  psid: string | null;
  name: string | null;
  status: LeadStatus;
  reason: LeadReason | null;
  stage: Stage;
  assignee: { id: string; name: string } | null;
  page: { id: string; name: string };
  ad: { id: string; title: string | null } | null;
  firstAnswer: string | null;
  answerCount: number;
  /** Meta's clock. */
  at: Date;
  /** Ours. */
  receivedAt: Date;
  lastActivityAt: Date;
  lastInboundAt: Date | null;
  /** Since when the person waits for a human of ours; null when nobody waits. */
  waitingSince: Date | null;
  freeUntil: Date | null;
  probableUntil: Date | null;
  humanUntil: Date | null;
  control: ControlState | null;
  doneAt: Date | null;
  isTest: boolean;
  changedAt: Date;
};
