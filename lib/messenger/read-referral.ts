import { leadReferralKey } from "./event-key.ts";
import type { LeadOutcome, LeadReferral } from "./meta-event.ts";
import type { Item } from "./webhook-place.ts";
import { leadPart, referralPart } from "./webhook-schema.ts";

const OUTCOMES: Readonly<Record<string, LeadOutcome>> = { LEAD_COMPLETE: "complete", LEAD_INCOMPLETE: "incomplete" };

/** The end of a run through an ad's questions, with its answers. Other referrals are not read yet. */
export function readReferral(part: Record<string, unknown>, { fields, time, base }: Item): LeadReferral | null {
  const { type, ad_id: adId, ref, ads_context_data: ad } = referralPart.parse(part);
  const outcome = type !== null && Object.hasOwn(OUTCOMES, type) ? OUTCOMES[type] : undefined;
  if (outcome === undefined) return null;

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
