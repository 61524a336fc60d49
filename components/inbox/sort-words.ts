/** The inbox's sort words as columns with a direction, as the table and its headers speak of them. */
import type { LeadSort } from "#lib/leads/lead-filter.ts";

export type SortColumn = "activity" | "waiting" | "window";

/** The word without a minus is the order people want first: newest activity, longest wait, earliest end. */
const words = {
  activity: { desc: "newest", asc: "-newest" },
  waiting: { desc: "waiting", asc: "-waiting" },
  window: { asc: "closing", desc: "-closing" },
} as const satisfies Record<SortColumn, { desc: LeadSort; asc: LeadSort }>;

const columns = ["activity", "waiting", "window"] as const;

export function sortingOf(sort: LeadSort): { id: SortColumn; desc: boolean } {
  for (const id of columns) {
    if (words[id].desc === sort) return { id, desc: true };
    if (words[id].asc === sort) return { id, desc: false };
  }
  return { id: "activity", desc: true };
}

/** A press on a header: its first order, then the other one. */
export function sortAfterPress(column: SortColumn, current: LeadSort): LeadSort {
  const first = column === "window" ? words.window.asc : words[column].desc;
  return current === first ? (column === "window" ? words.window.desc : words[column].asc) : first;
}

export function isSortColumn(id: string): id is SortColumn {
  return columns.some((column) => column === id);
}
