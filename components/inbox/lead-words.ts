import type { LeadRow } from "#lib/leads/lead-row.ts";

type Named = Pick<LeadRow, "id" | "name" | "psid">;

/** The end of the person's id, or of the lead's where Meta names nobody: enough to tell two apart. */
export function shortId({ id, psid }: Named): string {
  return (psid ?? id).slice(-4);
}

/** What to call a lead in a sentence. We make up no names. */
export function leadLabel(lead: Named, unnamed: string): string {
  return lead.name ?? `${unnamed} · ${shortId(lead)}`;
}
