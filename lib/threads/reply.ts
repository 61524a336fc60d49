/** A reply and the states it may pass through. What is not listed here may not happen to a row. */
export const replyStates = ["queued", "sending", "sent", "failed", "unknown", "cancelled"] as const;
export type ReplyState = (typeof replyStates)[number];

/** The time an agent has to take a reply back before anything leaves. */
export const UNDO_SECONDS = 5;

/** So long may an echo take; then the thread is looked up. */
export const ECHO_WAIT_MINUTES = 15;

/** A reply is held for 20 s; a worker that slept through most of that must not open a socket for it any more. */
const STALE_AFTER_MS = 10_000;

/** Whether a reply taken at one reading of a steady clock may still leave at another, both in milliseconds. */
export function mayStillLeave(takenAt: number, now: number): boolean {
  return now - takenAt < STALE_AFTER_MS;
}

const moves: Record<ReplyState, readonly ReplyState[]> = {
  // Undo; refused by policy; written before a restore, and perhaps sent since then.
  queued: ["sending", "cancelled", "failed", "unknown"],
  // Back to queued only when Meta certainly did not accept it; a lost lease proves nothing and is unknown.
  sending: ["sent", "failed", "unknown", "queued"],
  // The echo, or one exact match in the history, knows better than an error.
  failed: ["sent"],
  // The same, or a person says how it went.
  unknown: ["sent", "failed"],
  sent: [],
  cancelled: [],
};

/** Whether a reply may go from one state to the other. */
export function mayMove(from: ReplyState, to: ReplyState): boolean {
  return moves[from].includes(to);
}

/** Every state a row may be in to become `to`: the condition of the update that moves it. */
export function statesBefore(to: ReplyState): ReplyState[] {
  return replyStates.filter((from) => mayMove(from, to));
}
