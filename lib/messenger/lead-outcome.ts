import type { LeadOutcome } from "./meta-event.ts";
import { isRecord } from "./record.ts";

/**
 * The marks by which the Leadgen app's endings are known: a metadata string in the handover itself, or the same
 * string in `hop_context`, which Meta sends as an object or an array, on the item or on its entry.
 */
const OUTCOMES: Readonly<Record<string, LeadOutcome>> = {
  messenger_lead_gen_complete: "complete",
  messenger_lead_gen_incomplete: "incomplete",
};

/** How the questions ended, by the metadata of a handover; null when it is not one of Leadgen's. */
export function leadOutcome(metadata: unknown): LeadOutcome | null {
  return typeof metadata === "string" && Object.hasOwn(OUTCOMES, metadata) ? (OUTCOMES[metadata] ?? null) : null;
}

/** The outcome a `hop_context` names. Its app id differs between Meta's examples and means nothing. */
export function hopContextOutcome(context: unknown): LeadOutcome | null {
  const contexts: unknown[] = Array.isArray(context) ? context : [context];
  for (const one of contexts) {
    const outcome = isRecord(one) ? leadOutcome(one.metadata) : null;
    if (outcome !== null) return outcome;
  }
  return null;
}
