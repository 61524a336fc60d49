/** One line of a list of leads: plain data that may cross to the browser. Texts are as Meta sent them. */
import { z } from "zod";
import { controlStates } from "#lib/threads/control.ts";
import { leadReason, leadSource, leadStatus, stage } from "./lead.ts";

/** As JSON carries it. */
const moment = z.iso.datetime().transform((text) => new Date(text));
const named = z.object({ id: z.string(), name: z.string() });

export const leadRow = z.object({
  /** `pageId.id`, see lead-ref.ts. */
  ref: z.string(),
  pageId: z.string(),
  id: z.string(),
  /** messenger: a run through an ad's questions; instant_form: a form filled in on Meta, without a thread. */
  source: leadSource,
  psid: z.string().nullable(),
  name: z.string().nullable(),
  status: leadStatus,
  reason: leadReason.nullable(),
  stage,
  assignee: named.nullable(),
  page: named,
  ad: z.object({ id: z.string(), title: z.string().nullable() }).nullable(),
  firstAnswer: z.string().nullable(),
  answerCount: z.number(),
  /** Meta's clock. */
  at: moment,
  /** Ours. */
  receivedAt: moment,
  lastActivityAt: moment,
  lastInboundAt: moment.nullable(),
  /** Since when the person waits for a human of ours; null when nobody waits. */
  waitingSince: moment.nullable(),
  freeUntil: moment.nullable(),
  probableUntil: moment.nullable(),
  humanUntil: moment.nullable(),
  control: z.enum(controlStates).nullable(),
  doneAt: moment.nullable(),
  isTest: z.boolean(),
  changedAt: moment,
});
export type LeadRow = z.infer<typeof leadRow>;
