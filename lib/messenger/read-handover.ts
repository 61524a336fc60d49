import { isLeadgen } from "./app-ids.ts";
import { eventKey } from "./event-key.ts";
import { hopContextOutcome, leadOutcome } from "./lead-outcome.ts";
import type { Handover, LeadOutcome } from "./meta-event.ts";
import type { Item } from "./webhook-place.ts";
import { handoverPart } from "./webhook-schema.ts";

/** Control of a thread passed, was taken, or is asked for. Older deliveries leave out one of the two apps. */
export function readHandover(op: Handover["op"], part: Record<string, unknown>, item: Item): Handover {
  const read = handoverPart.parse(part);
  const { base, time } = item;
  const from = read.previous_owner_app_id;
  const to = read.new_owner_app_id ?? read.requested_owner_app_id;
  const { metadata } = read;
  return {
    kind: "handover",
    ...base,
    // A lead's handover and another one may fall into the same moment; the metadata tells them apart.
    key: eventKey("handover", [base.psid, op, from, to, metadata, time]),
    op,
    from,
    to,
    metadata,
    lead: op === "pass" ? leadOf(from, metadata, item) : null,
  };
}

/** Any app may pass a thread with any metadata, so a context on the entry alone must agree with who passed it. */
function leadOf(from: string | null, metadata: string | null, { fields, place }: Item): LeadOutcome | null {
  const own = leadOutcome(metadata) ?? hopContextOutcome(fields.hop_context);
  if (own !== null) return own;
  return from === null || isLeadgen(from) ? hopContextOutcome(place.hopContext) : null;
}
