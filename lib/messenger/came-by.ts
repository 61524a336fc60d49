import type { CameBy } from "./meta-event.ts";
import type { AdReferral } from "./webhook-schema.ts";

/** The referral inside a message or a postback, in our words; null where it says nothing. */
export function cameBy(referral: AdReferral | null | undefined): CameBy | null {
  if (referral === null || referral === undefined) return null;
  const { source, ref, ad_id: adId, ads_context_data: ad } = referral;
  return source === null && ref === null && adId === null ? null : { source, ref, adId, adTitle: ad?.ad_title ?? null };
}
