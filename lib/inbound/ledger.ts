/**
 * The books of what Meta sent: every delivery we answered 200 and every event in it is accounted for, day by day and
 * page by page. What does not add up is a fault of ours, and said.
 */
import { z } from "zod";

const refusals = ["bad_signature", "too_large", "encoded", "broken_off", "not_set_up", "not_kept"] as const;
export const refusal = z.enum(refusals);
export type Refusal = z.infer<typeof refusal>;

/** `told`: what the opened deliveries held; the others say what became of each. */
export type EventCounts = {
  told: number;
  applied: number;
  duplicate: number;
  ignored: number;
  parked: number;
  waiting: number;
};

/** `opened`: how many opened deliveries held something for the page. Nameless: what is of no page, such as tests. */
export type PageBook = { pageId: string; name: string; opened: number; events: EventCounts };

export type LedgerDay = {
  /** YYYY-MM-DD, by the viewer's clock. */
  day: string;
  deliveries: { kept: number; opened: number; unreadable: number; waiting: number };
  events: EventCounts;
  pages: PageBook[];
  refused: { why: Refusal; count: number }[];
};

export type Ledger = { days: LedgerDay[]; oldestWaitingAt: Date | null };

/** How many deliveries and events a day's books are out by; nothing when they balance, in all and for each page. */
export function ledgerGap({ deliveries, events, pages }: Pick<LedgerDay, "deliveries" | "events" | "pages">): {
  deliveries: number;
  events: number;
} | null {
  const { kept, opened, unreadable, waiting } = deliveries;
  const ofPages = pages.reduce((sum, page) => sum + Math.abs(eventGap(page.events)), 0);
  const gap = {
    deliveries: Math.abs(kept - (opened + unreadable + waiting)),
    events: Math.max(Math.abs(eventGap(events)), ofPages),
  };
  return gap.deliveries === 0 && gap.events === 0 ? null : gap;
}

/** Events that vanished; below nothing: events that nobody told of. */
export function eventGap({ told, applied, duplicate, ignored, parked, waiting }: EventCounts): number {
  return told - (applied + duplicate + ignored + parked + waiting);
}

export const NO_EVENTS: EventCounts = { told: 0, applied: 0, duplicate: 0, ignored: 0, parked: 0, waiting: 0 };

export function sumEvents(all: readonly EventCounts[]): EventCounts {
  const sum = { ...NO_EVENTS };
  for (const one of all) {
    sum.told += one.told;
    sum.applied += one.applied;
    sum.duplicate += one.duplicate;
    sum.ignored += one.ignored;
    sum.parked += one.parked;
    sum.waiting += one.waiting;
  }
  return sum;
}

/** Each page over all days, the busiest first. */
export function booksByPage(days: readonly LedgerDay[]): PageBook[] {
  const byPage = Map.groupBy(
    days.flatMap(({ pages }) => pages),
    ({ pageId }) => pageId,
  );
  return [...byPage.values()]
    .flatMap((rows) => {
      const [first] = rows;
      const opened = rows.reduce((sum, row) => sum + row.opened, 0);
      return first === undefined ? [] : [{ ...first, opened, events: sumEvents(rows.map(({ events }) => events)) }];
    })
    .toSorted((a, b) => b.events.told - a.events.told || a.name.localeCompare(b.name));
}
