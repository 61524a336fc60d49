/**
 * How far reading a page's conversations again has come. It is written down after each call to Meta, so that any
 * worker can go on from there: one call per turn, and nothing is held while the page's limit lets time pass.
 */
import { z } from "zod";

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;

/** Meta's clock and ours, and deliveries that were on their way. */
const MARGIN_MS = 10 * MINUTE;
const EVERY_MS = 6 * HOUR;
/** Meta allows two calls a second for a page's conversations; this leaves room for people. */
export const CALL_EVERY_MS = 670;

/** find: the conversation with one person, where the list of all is refused. */
const task = z.object({
  what: z.enum(["find", "messages", "labels"]),
  psid: z.string(),
  id: z.string().nullable(),
  name: z.string().nullable(),
});
export type ReconcileTask = z.infer<typeof task>;

const cursor = z.object({
  startedAt: z.coerce.date(),
  since: z.coerce.date(),
  /** Something was missed for sure, so its repair is told even when nothing was found. */
  isGap: z.boolean(),
  after: z.string().nullable(),
  isListed: z.boolean(),
  tasks: z.array(task),
  threads: z.number(),
  messages: z.number(),
  /** Threads that show details of fewer messages than there were since. */
  cutShort: z.number(),
  failures: z.number(),
});
export type ReconcileCursor = z.infer<typeof cursor>;

export function readCursor(stored: string | null): ReconcileCursor | null {
  if (stored === null) return null;
  try {
    return cursor.safeParse(JSON.parse(stored)).data ?? null;
  } catch {
    return null;
  }
}

export function beginReconciling(
  known: { gapSince: Date | null; reconciledAt: Date | null; connectedAt: Date },
  now: Date,
): ReconcileCursor {
  const since = known.gapSince ?? known.reconciledAt ?? known.connectedAt;
  const nothing = { after: null, isListed: false, tasks: [], threads: 0, messages: 0, cutShort: 0, failures: 0 };
  return { startedAt: now, since, isGap: known.gapSince !== null, ...nothing };
}

/** Conversations without news since then need not be read. */
export function readFrom({ since }: ReconcileCursor): Date {
  return new Date(since.getTime() - MARGIN_MS);
}

/** `random` from 0 to 1: pages must not all come at once. */
export function nextReconcileAt(now: Date, random: number): Date {
  return new Date(now.getTime() + EVERY_MS * (0.9 + 0.2 * random));
}

/** How long to wait after calls that brought no answer. */
export function pauseAfter(failures: number): number {
  return Math.min(2 ** failures * 1000, 5 * MINUTE);
}
