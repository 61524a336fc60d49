/**
 * A list of leads as far as it is loaded, and what becomes of it when leads change. What is on the screen
 * keeps its place; what is new waits until somebody wants to see it.
 */
import type { LeadRow } from "#lib/leads/lead-row.ts";

export type LeadListPage = { rows: LeadRow[]; nextCursor: string | null; loadedAt: Date };

export type LeadCounts = {
  all: number;
  complete: number;
  incomplete: number;
  in_progress: number;
  byReason: Record<"disqualified" | "abandoned" | "stopped" | "interrupted" | "unknown", number>;
};

/** A lead that moved between two loads would stand in both pages: its first place counts. */
export function rowsOf(pages: readonly LeadListPage[]): LeadRow[] {
  const rows = new Map<string, LeadRow>();
  for (const row of pages.flatMap((page) => page.rows)) if (!rows.has(row.ref)) rows.set(row.ref, row);
  return [...rows.values()];
}

/** `changed` were asked for again, `fresh` is what of them still matches: replaced in place, or gone. */
export function replaceRows(
  pages: readonly LeadListPage[],
  changed: ReadonlySet<string>,
  fresh: readonly LeadRow[],
): LeadListPage[] {
  const byRef = new Map(fresh.map((row) => [row.ref, row]));
  return pages.map((page) => ({
    ...page,
    rows: page.rows.flatMap((row) => (changed.has(row.ref) ? (byRef.get(row.ref) ?? []) : row)),
  }));
}

/** Which of them the list would show at its head, were it loaded now. Old leads from further down are not news. */
export function arrivals(pages: readonly LeadListPage[], fresh: readonly LeadRow[]): LeadRow[] {
  const shown = new Set(pages.flatMap((page) => page.rows.map((row) => row.ref)));
  const loadedAt = pages[0]?.loadedAt ?? new Date(0);
  return fresh.filter((row) => !shown.has(row.ref) && (row.receivedAt > loadedAt || row.lastActivityAt > loadedAt));
}

export function isLoaded(pages: readonly LeadListPage[], refs: ReadonlySet<string>): boolean {
  const shown = new Set(pages.flatMap((page) => page.rows.map((row) => row.ref)));
  return refs.isSubsetOf(shown);
}
