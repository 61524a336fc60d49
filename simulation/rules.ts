/**
 * The product's own rules, as the simulation is given them: the pure functions that production runs, and beside them
 * what production says in SQL, each as the sentence that a planted bug can break.
 */
import { type EventFate, firstFate, repeatedFate } from "#lib/inbound/event-fate.ts";
import { foldThread } from "#lib/leads/fold-thread.ts";
import type { Echo } from "#lib/messenger/meta-event.ts";
import { foldControl } from "#lib/threads/control.ts";
import { mayStillLeave, type ReplyState } from "#lib/threads/reply.ts";
import { endByEcho, endByHistory, endByPerson, endOfLease, endOfSend } from "#lib/threads/reply-ending.ts";
import { matchReplies } from "#lib/threads/reply-match.ts";
import type { EventRow, ReplyRow } from "./tables.ts";

export const rules = {
  foldThread,
  foldControl,
  endOfSend,
  endByEcho,
  endByHistory,
  endByPerson,
  endOfLease,
  matchReplies,
  mayStillLeave,
  /** The unique key of events: what becomes of one, given the row that is there. */
  claim: (kind: Parameters<typeof firstFate>[0], before: EventRow | undefined, isConnected: boolean): EventFate =>
    before === undefined ? firstFate(kind, isConnected) : repeatedFate(kind, before.state, isConnected),
  /** Only the holder of the newest lease may finish a row. */
  isFenceHeld: (held: number | null, newest: number): boolean => held === newest,
  /** Which reply an echo belongs to. */
  isEchoOf: ({ mid, metadata }: Pick<Echo, "mid" | "metadata">, reply: ReplyRow): boolean =>
    reply.mid === mid || (metadata !== null && reply.metadata === metadata),
  /** A reply waits for those before it in its thread. */
  mustWait: (reply: ReplyRow, other: ReplyRow): boolean =>
    other.state === "sending" || (other.state === "queued" && isBefore(other, reply)),
  mayCancel: (state: ReplyState): boolean => state === "queued",
  /** Clocks of a thread only move forward. */
  later: (before: Date | null, told: Date | null): Date | null =>
    before === null || told === null ? (before ?? told) : told > before ? told : before,
  /** The same press twice is one reply. */
  isSamePress: (reply: ReplyRow, intentId: string): boolean => reply.intentId === intentId,
  /** Which lead a signal belonged to is remembered. */
  remembers: true,
};
export type Rules = typeof rules;

export function isBefore(a: ReplyRow, b: ReplyRow): boolean {
  return a.createdAt < b.createdAt || (a.createdAt.getTime() === b.createdAt.getTime() && a.id < b.id);
}
