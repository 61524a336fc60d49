import { eventKey, leadReferralKey } from "./event-key.ts";
import type { LeadOutcome, LeadReferral, ThreadReferral } from "./meta-event.ts";
import type { Item } from "./webhook-place.ts";
import { leadPart, referralPart } from "./webhook-schema.ts";

const OUTCOMES: Readonly<Record<string, LeadOutcome>> = { LEAD_COMPLETE: "complete", LEAD_INCOMPLETE: "incomplete" };

/** How the person came: at the end of an ad's questions with the answers, or into a thread that was there before. */
export function readReferral(part: Record<string, unknown>, item: Item): LeadReferral | ThreadReferral | null {
  const referral = referralPart.parse(part);
  const { type } = referral;
  if (type === "OPEN_THREAD") return threadReferral(referral, item);
  const outcome = type !== null && Object.hasOwn(OUTCOMES, type) ? OUTCOMES[type] : undefined;
  return outcome === undefined ? null : leadReferral(referral, outcome, item);
}

type ReferralPart = ReturnType<typeof referralPart.parse>;

function leadReferral(referral: ReferralPart, outcome: LeadOutcome, { fields, time, base }: Item): LeadReferral {
  const { ad_id: adId, ref, ads_context_data: ad } = referral;
  const answers = leadPart.parse(fields.lead)?.data ?? [];
  return {
    kind: "lead_referral",
    ...base,
    key: leadReferralKey({ pageId: base.pageId, psid: base.psid, outcome, adId, time, answers }),
    outcome,
    adId,
    adTitle: ad?.ad_title ?? null,
    postId: ad?.post_id ?? null,
    // For a video ad there is only its thumbnail, under the other name.
    photoUrl: ad?.photo_url ?? ad?.video_url ?? null,
    ref,
    answers,
  };
}

function threadReferral(referral: ReferralPart, { time, base }: Item): ThreadReferral {
  const { source, ref, ad_id: adId, ads_context_data: ad } = referral;
  return {
    kind: "thread_referral",
    ...base,
    key: eventKey("thread_referral", [base.psid, time, ref, adId]),
    source,
    ref,
    adId,
    adTitle: ad?.ad_title ?? null,
    isAd: adId !== null || source?.toUpperCase() === "ADS",
  };
}
