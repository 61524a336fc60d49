import { contentKey, eventKey } from "./event-key.ts";
import type { Feedback, FeedbackAnswer, ResponseFeedback } from "./meta-event.ts";
import { readMetaTime } from "./meta-time.ts";
import type { Item } from "./webhook-place.ts";
import { feedbackPart, responseFeedbackPart } from "./webhook-schema.ts";

/** The answers to a feedback form. They come without a time of their own, so that of their entry tells two apart. */
export function readFeedback(part: Record<string, unknown>, { base, time, place }: Item): Feedback | null {
  const answers = feedbackPart.parse(part).feedback_screens.map(
    ({ id, type, payload, follow_up: followUp }): FeedbackAnswer => ({
      id,
      type: type ?? "free_form",
      payload,
      followUp: followUp?.payload ?? null,
    }),
  );
  if (answers.length === 0) return null;
  const at = time ?? readMetaTime(place.entryTime);
  return { kind: "feedback", ...base, key: contentKey("feedback", [base.psid, at], answers), answers };
}

/** A thumb under a message of ours; Meta says "Good response" or "Bad response". */
export function readResponseFeedback(part: Record<string, unknown>, { base, time }: Item): ResponseFeedback | null {
  const { mid, feedback } = responseFeedbackPart.parse(part);
  if (feedback === null) return null;
  const isGood = /good|up|positive/i.test(feedback);
  return {
    kind: "response_feedback",
    ...base,
    key: eventKey("response_feedback", [base.psid, mid, feedback, time]),
    mid,
    isGood,
  };
}
