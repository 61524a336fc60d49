/**
 * The books of what Meta sent: every delivery we answered 200 and every event in it is accounted for, day by day. What
 * does not add up is a fault of ours, and said.
 */
import { z } from "zod";

const refusals = ["bad_signature", "too_large", "encoded", "broken_off", "not_set_up", "not_kept"] as const;
export const refusal = z.enum(refusals);
export type Refusal = z.infer<typeof refusal>;

export type LedgerDay = {
  /** YYYY-MM-DD, by the viewer's clock. */
  day: string;
  deliveries: { kept: number; opened: number; unreadable: number; waiting: number };
  /** `told`: what the opened deliveries held; the others say what became of each. */
  events: { told: number; applied: number; duplicate: number; ignored: number; parked: number; waiting: number };
  refused: { why: Refusal; count: number }[];
};

export type PageLedger = {
  pageId: string;
  name: string;
  applied: number;
  ignored: number;
  parked: number;
  waiting: number;
};

export type Ledger = { days: LedgerDay[]; pages: PageLedger[]; oldestWaitingAt: Date | null };

/** What is missing in a day's books, or too much; nothing when they balance. */
export function ledgerGap({ deliveries, events }: LedgerDay): { deliveries: number; events: number } | null {
  const { kept, opened, unreadable, waiting } = deliveries;
  const { told, applied, duplicate, ignored, parked } = events;
  const gap = {
    deliveries: kept - (opened + unreadable + waiting),
    events: told - (applied + duplicate + ignored + parked + events.waiting),
  };
  return gap.deliveries === 0 && gap.events === 0 ? null : gap;
}
