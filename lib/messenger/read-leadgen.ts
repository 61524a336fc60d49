import { eventKey } from "./event-key.ts";
import type { InstantLeadEvent } from "./meta-event.ts";
import { eventTime } from "./meta-time.ts";
import { NO_PAGE, type Place } from "./webhook-place.ts";
import { leadgenPart } from "./webhook-schema.ts";
import { TEST_ID } from "./webhook-test.ts";

/** Somebody sent an instant form off. Organic ones carry 0 as their ad; the ad's old name is `adgroup_id`. */
export function readLeadgen(value: Record<string, unknown>, place: Place): InstantLeadEvent | null {
  const read = leadgenPart.parse(value);
  if (read.leadgen_id === null) return null;
  return {
    kind: "leadgen",
    pageId: read.page_id ?? place.entryId ?? NO_PAGE,
    psid: null,
    at: eventTime([read.created_time, place.entryTime], place.receivedAt),
    key: eventKey("leadgen", [read.leadgen_id]),
    position: place.position,
    channel: place.channel,
    platform: place.platform,
    leadgenId: read.leadgen_id,
    formId: read.form_id,
    adId: read.ad_id ?? read.adgroup_id,
    isTest: read.form_id === TEST_ID,
  };
}
