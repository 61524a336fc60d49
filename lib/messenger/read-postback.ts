import { cameBy } from "./came-by.ts";
import { eventKey } from "./event-key.ts";
import type { Postback } from "./meta-event.ts";
import type { Item } from "./webhook-place.ts";
import { postbackPart } from "./webhook-schema.ts";

/** A button tapped. Only the app that sent the button learns its payload; the others see the title on standby. */
export function readPostback(part: Record<string, unknown>, { base, time }: Item): Postback {
  const { mid, title, payload, referral } = postbackPart.parse(part);
  const identity = mid === null ? [base.psid, time, title, payload] : [mid];
  return {
    kind: "postback",
    ...base,
    key: eventKey("postback", [base.channel, ...identity]),
    mid,
    title,
    payload,
    adId: referral?.ad_id ?? null,
    cameBy: cameBy(referral),
  };
}
