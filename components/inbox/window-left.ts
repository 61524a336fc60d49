/** What is left of a lead's window, for a line in a list: the phase it is in and when that ends. */
import type { LeadRow } from "#lib/leads/lead-row.ts";
import type { WindowPhase } from "#lib/threads/window.ts";

export type WindowLeft = { phase: Exclude<WindowPhase, "closed">; end: Date; isClosing: boolean } | { phase: "closed" };

/** The inbox word `closing` means the same span. */
const CLOSING_MS = 2 * 60 * 60 * 1000;

export function windowLeft(row: Pick<LeadRow, "freeUntil" | "probableUntil" | "humanUntil">, now: Date): WindowLeft {
  const phases = [
    { phase: "free", end: row.freeUntil },
    { phase: "probable", end: row.probableUntil },
    { phase: "human", end: row.humanUntil },
  ] as const;

  for (const { phase, end } of phases) {
    if (end === null || end.getTime() <= now.getTime()) continue;
    return { phase, end, isClosing: end.getTime() - now.getTime() <= CLOSING_MS };
  }
  return { phase: "closed" };
}

/** Up to two days in hours and minutes, as on a clock; beyond that nobody counts minutes. */
export function spanLeft(end: Date, now: Date): { days: number } | { hours: number; minutes: string } {
  const minutes = Math.max(0, Math.floor((end.getTime() - now.getTime()) / 60_000));
  if (minutes >= 48 * 60) return { days: Math.floor(minutes / (24 * 60)) };
  return { hours: Math.floor(minutes / 60), minutes: String(minutes % 60).padStart(2, "0") };
}
