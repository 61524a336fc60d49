/**
 * What we want Meta to tell us. A field counts on two levels, the app's and the page's; one that is missing on
 * either brings silence, without an error. Instagram spells some of them differently, and has fewer.
 * `response_feedback` is left out on purpose: it puts thumbs under every message the page sends.
 */
export type SubscribedObject = "page" | "instagram";

export const subscriptionFields: Record<SubscribedObject, readonly string[]> = {
  page: [
    "messages",
    "message_echoes",
    "messaging_postbacks",
    "messaging_referrals",
    "messaging_handovers",
    "standby",
    "message_deliveries",
    "message_reads",
    "message_reactions",
    "message_edits",
    "messaging_optins",
    "messaging_feedback",
    "messaging_policy_enforcement",
    "inbox_labels",
    "leadgen",
  ],
  instagram: [
    "messages",
    "messaging_postbacks",
    "messaging_seen",
    "message_reactions",
    "messaging_referral",
    "messaging_handover",
    "messaging_optins",
    "standby",
  ],
};

/** What is wanted and not there. */
export function missingFields(have: readonly string[], object: SubscribedObject): string[] {
  return subscriptionFields[object].filter((field) => !have.includes(field));
}

/** Setting a list replaces the old one, which may hold what somebody else wants: so both together, each once. */
export function withMissingFields(have: readonly string[], object: SubscribedObject): string[] {
  return [...have, ...missingFields(have, object)];
}
