/**
 * A list of leads as far as it is loaded, and what becomes of it when leads change. What is on the screen
 * keeps its place; what is new waits until somebody wants to see it.
 */
import type { LeadRow } from "#lib/leads/lead-row.ts";

export type LeadListPage = {
  rows: LeadRow[];
  nextCursor: string | null;
  loadedAt: Date;
  /** The row the page ended with when it was loaded, behind which the next one begins; the last row while none moved. */
  end?: LeadRow;
};

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

/**
 * The same with every row where its order puts it, new ones too. What falls behind the end of what is loaded comes
 * again with the next page.
 */
export function rearrangeRows(
  pages: readonly LeadListPage[],
  changed: ReadonlySet<string>,
  fresh: readonly LeadRow[],
  order: (a: LeadRow, b: LeadRow) => number,
): LeadListPage[] {
  const last = pages.at(-1);
  const end = last?.nextCursor == null ? undefined : (last.end ?? last.rows.at(-1));
  const rows = [...rowsOf(pages).filter((row) => !changed.has(row.ref)), ...fresh]
    .filter((row) => end === undefined || order(row, end) <= 0)
    .sort(order);
  return pages.map((page, i) => ({
    ...page,
    rows: i === 0 ? rows : [],
    ...(end !== undefined && i === pages.length - 1 ? { end } : {}),
  }));
}

const ROWS_PER_PAGE = 100;
const GROWN_ROWS = 500;

/** Whether so much came to it since it was loaded that loading it anew is cheaper than dragging it along. */
export function isLong(pages: readonly LeadListPage[]): boolean {
  return rowsOf(pages).length > pages.length * ROWS_PER_PAGE + GROWN_ROWS;
}
