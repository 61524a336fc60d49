import type { LeadRow } from "#lib/leads/lead-row.ts";

/** What to call a lead in a sentence. We make up no names. */
export function leadLabel(lead: Pick<LeadRow, "name" | "psid">, unnamed: string): string {
  return lead.name ?? `${unnamed} · ${lead.psid.slice(-4)}`;
}
