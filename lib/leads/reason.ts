/**
 * Why a lead is incomplete. Meta says only that it is; the rest is read from what happened around the end
 * of the questions, the surest evidence first. Where nothing speaks, the answer is `unknown`.
 */
import type { Run } from "./fold.ts";
import type { Answer, LeadReason } from "./lead.ts";
import { plainText } from "./plain-text.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

export type ReasonEvidence = {
  /** Meta's label for this run, see lead-label.ts. */
  label: "disqualified" | "incomplete" | null;
  /** When control went from the Leadgen app to somebody; not when it was merely let go. */
  controlLeftLeadgenAt: readonly { at: Date; byLeadHandover: boolean }[];
  /** When Meta accepted messages of ours. */
  sendsAcceptedAt: readonly Date[];
  userMessages: readonly { at: Date; text: string | null }[];
  /** Answers that end the questions by the ad's template; none while the template is not known. */
  disqualifyingAnswers: readonly Answer[];
  /** The run before this one in the thread: what happened until then speaks of that one. */
  previousRunAt: Date | null;
};

/** The first line of evidence that holds. */
export function incompleteReason(run: Run, evidence: ReasonEvidence): LeadReason {
  if (evidence.label === "disqualified") return "disqualified";
  if (evidence.label === "incomplete") return "abandoned";
  if (wasInterrupted(run, evidence)) return "interrupted";
  if (wasStopped(run, evidence)) return "stopped";
  if (wasAbandoned(run, evidence)) return "abandoned";
  if (wasDisqualified(run, evidence)) return "disqualified";
  return "unknown";
}

/**
 * Somebody stepped in, so Meta ended the questions: the stepping in comes first, or within the second that
 * a referral's clock is coarse. A takeover later than that changes control only. Leaving Leadgen is of this
 * flow whenever it was; a message of ours must be near, or any chat before the ad would count.
 */
function wasInterrupted(run: Run, { controlLeftLeadgenAt, sendsAcceptedAt, previousRunAt }: ReasonEvidence): boolean {
  if (hasHandover(run)) return false;
  const since = previousRunAt?.getTime() ?? Number.NEGATIVE_INFINITY;
  const inTime = (at: Date) => at.getTime() > since && at.getTime() <= run.at.getTime() + SECOND;
  return (
    controlLeftLeadgenAt.some(({ at, byLeadHandover }) => !byLeadHandover && inTime(at)) ||
    sendsAcceptedAt.some((at) => inTime(at) && run.at.getTime() - at.getTime() <= 15 * MINUTE)
  );
}

/** A stop keyword is a text that answers nothing; Meta then lets go of the thread without a handover. */
function wasStopped(run: Run, evidence: ReasonEvidence): boolean {
  if (hasHandover(run)) return false;
  const answers = new Set(run.signals.flatMap((signal) => signal.answers.map(({ answer }) => plainText(answer))));
  return messagesBefore(run, evidence).some(({ at, text }) => {
    const words = plainText(text ?? "");
    return words !== "" && !answers.has(words) && run.at.getTime() - at.getTime() <= MINUTE;
  });
}

function wasAbandoned(run: Run, evidence: ReasonEvidence): boolean {
  const times = messagesBefore(run, evidence).map(({ at }) => at.getTime());
  return times.length > 0 && run.at.getTime() - Math.max(...times) >= 24 * HOUR;
}

function wasDisqualified(run: Run, { disqualifyingAnswers }: ReasonEvidence): boolean {
  const last = run.answers.at(-1);
  if (last === undefined) return false;
  const same = (a: string, b: string) => plainText(a) === plainText(b);
  return disqualifyingAnswers.some((one) => same(one.question, last.question) && same(one.answer, last.answer));
}

/** A referral dated to the whole second may seem to come before the message that caused it. */
function messagesBefore(
  run: Run,
  { userMessages, previousRunAt }: ReasonEvidence,
): { at: Date; text: string | null }[] {
  const end = run.at.getTime();
  const until = end % SECOND === 0 ? end + SECOND - 1 : end;
  const since = previousRunAt?.getTime() ?? Number.NEGATIVE_INFINITY;
  return userMessages.filter(({ at }) => at.getTime() > since && at.getTime() <= until);
}

function hasHandover(run: Run): boolean {
  return run.signals.some(({ kind }) => kind === "H");
}
