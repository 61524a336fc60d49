"use client";

/**
 * Where in which list somebody was when they opened a lead, kept for this tab: the way back keeps its
 * filters, and the next lead is the next of that list. It is a convenience; without it all still works.
 */
export type ListPlace = { words: string; refs: string[] };

const KEY = "lead-inbox-list";
const MAX_REFS = 1_000;

export function rememberList(place: ListPlace): void {
  sessionStorage.setItem(KEY, JSON.stringify({ words: place.words, refs: place.refs.slice(0, MAX_REFS) }));
}

export function readList(): ListPlace {
  const kept = sessionStorage.getItem(KEY);
  if (kept === null) return { words: "", refs: [] };
  try {
    const place: unknown = JSON.parse(kept);
    return isPlace(place) ? place : { words: "", refs: [] };
  } catch {
    return { words: "", refs: [] };
  }
}

function isPlace(value: unknown): value is ListPlace {
  if (typeof value !== "object" || value === null || !("words" in value) || !("refs" in value)) return false;
  return (
    typeof value.words === "string" && Array.isArray(value.refs) && value.refs.every((ref) => typeof ref === "string")
  );
}
