/**
 * A lead: one run of one person through one ad's questions. These are its words, closed sets that the
 * database checks too, and the shape of an answer.
 */
import { z } from "zod";

export const leadStatuses = ["complete", "incomplete", "in_progress"] as const;
export const leadStatus = z.enum(leadStatuses);
export type LeadStatus = z.infer<typeof leadStatus>;

/** Why a lead is incomplete. `unknown` is a finding, not a gap: Meta did not let us see. */
export const leadReasons = ["disqualified", "abandoned", "stopped", "interrupted", "unknown"] as const;
export const leadReason = z.enum(leadReasons);
export type LeadReason = z.infer<typeof leadReason>;

/** How a lead came: through an ad's questions in Messenger, or through a form filled in on Meta. */
export const leadSource = z.enum(["messenger", "instant_form"]);

export const stages = ["new", "contacted", "qualified", "won", "lost"] as const;
export const stage = z.enum(stages);
export type Stage = z.infer<typeof stage>;

/** Questions have no ids, their text is the key; the same text may come twice in one lead. */
const answer = z.object({ question: z.string(), answer: z.string() });
export type Answer = z.infer<typeof answer>;

/** The JSON column of a signal. */
export const answers = z.array(answer);
