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
const AGAIN_MS = HOUR;
const PASSES = 3;
/** Meta allows two calls a second for a page's conversations; this leaves room for people. */
export const CALL_EVERY_MS = 670;

/** find: the conversation with one person, where the list of all is refused. */
const task = z.object({
  what: z.enum(["find", "messages", "labels"]),
  psid: z.string(),
  id: z.string().nullable(),
  name: z.string().nullable(),
  tries: z.number().default(0),
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
  /** Of how many messages since then, at least, Meta tells the ids alone, by thread. */
  cut: z.record(z.string(), z.number()).default({}),
  /** Whose conversations look like an ad's questions, though nothing tells how they ended. */
  open: z.array(z.string()).default([]),
  /** Threads that Meta did not show us. */
  unread: z.number().default(0),
  /** How often the list was given up; the second time it stays so. */
  unlisted: z.number().default(0),
  /** Meta may still answer what it did not answer now: the next round begins where this one did. */
  isIncomplete: z.boolean().default(false),
  failures: z.number(),
  /** Conversations with news move up while we leaf: then the newest are looked through once more. */
  passes: z.number().default(0),
  passAt: z.coerce.date().nullable().default(null),
  listFrom: z.coerce.date().nullable().default(null),
  /** When the last call was made. */
  endedAt: z.coerce.date().nullable().default(null),
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
  const counts = { cut: {}, open: [], unread: 0, unlisted: 0, failures: 0, passes: 0 };
  const nothing = { after: null, isListed: false, isIncomplete: false, passAt: null, listFrom: null, endedAt: null };
  return { startedAt: now, since, isGap: known.gapSince !== null, tasks: [], ...nothing, ...counts };
}

/** Conversations without news since then need not be read. */
export function readFrom({ since, listFrom }: ReconcileCursor): Date {
  return listFrom ?? new Date(since.getTime() - MARGIN_MS);
}

/** A page of the list was read. Whoever leafed looks once more for what moved up meanwhile, until one page holds it all. */
export function leafOn(cursor: ReconcileCursor, after: string | null, isEnd: boolean, now: Date): void {
  const isFirst = cursor.after === null;
  if (isFirst) cursor.passAt = now;
  cursor.after = isEnd ? null : after;
  if (!isEnd) return;
  const isAgain = !isFirst && cursor.passes < PASSES;
  cursor.isListed = !isAgain;
  if (!isAgain) return;
  cursor.passes += 1;
  cursor.listFrom = new Date((cursor.passAt ?? now).getTime() - MINUTE);
}

/** `random` from 0 to 1: pages must not all come at once. */
export function nextReconcileAt(now: Date, random: number, { isIncomplete }: ReconcileCursor): Date {
  return new Date(now.getTime() + (isIncomplete ? AGAIN_MS : EVERY_MS) * (0.9 + 0.2 * random));
}

/** How long to wait after calls that brought no answer. */
export function pauseAfter(failures: number): number {
  return Math.min(2 ** failures * 1000, 5 * MINUTE);
}
