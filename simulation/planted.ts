/** Bugs to plant into the rules, and what the simulation says of each. */
import { type Rules, rules } from "./rules.ts";

type Bug = { name: string; plant: Partial<Rules>; fault: RegExp };

export const bugs: readonly Bug[] = [
  {
    name: "sends again what Meta answered unclearly",
    plant: {
      endOfSend: (reply, result, now) =>
        rules.endOfSend(reply, result.outcome === "unclear" ? { outcome: "not-sent" } : result, now),
    },
    fault: /accepted a reply twice/,
  },
  {
    name: "sends again what a dead worker held",
    plant: { endOfLease: { ...rules.endOfLease, state: "queued" as "unknown" } },
    fault: /accepted a reply twice/,
  },
  {
    name: "lets a worker go on whose lease is over",
    plant: { isFenceHeld: () => true },
    fault: /lease that was over still counted/,
  },
  { name: "opens a socket however long it slept", plant: { mayStillLeave: () => true }, fault: /left by lease/ },
  {
    name: "applies without a key",
    plant: { claim: (kind) => rules.claim(kind, undefined, true) },
    fault: /was written \d+ times/,
  },
  {
    name: "forgets what came before its page was connected",
    plant: { claim: (kind, before) => (before === undefined ? rules.claim(kind, before, true) : "duplicate") },
    fault: /never comes to rest|still wait/,
  },
  {
    name: "folds leads by arrival",
    plant: {
      foldThread: (evidence, more) =>
        rules.foldThread(
          { ...evidence, signals: evidence.signals.map((one) => ({ ...one, at: one.receivedAt })) },
          more,
        ),
    },
    fault: /depends on the order|belong to no lead/,
  },
  {
    name: "folds control by arrival",
    plant: {
      foldControl: (facts, ourAppId, lastActionAt) => rules.foldControl(facts.slice(-1), ourAppId, lastActionAt),
    },
    fault: /control of .* depends on the order|control-without-a-fact/,
  },
  {
    name: "takes the newest event's word for the window",
    plant: { later: (before, told) => told ?? before },
    fault: /went back in time|message-without-a-window/,
  },
  {
    name: "does not remember which lead a signal made",
    plant: { remembers: false },
    fault: /leads nowhere|belong to no lead|lead-without-a-run/,
  },
  {
    name: "settles by the mid alone",
    plant: { isEchoOf: ({ mid }, reply) => reply.mid === mid },
    fault: /depends on the order|its message is there|counts as sent/,
  },
  {
    name: "settles by any echo with these words",
    plant: {
      endByHistory: rules.endByHistory,
      matchReplies: (replies, messages) => rules.matchReplies(replies, messages),
    },
    fault: /counts as sent, and Meta has none of it|depends on the order/,
  },
  {
    name: "takes back what is on its way",
    plant: { mayCancel: (state) => state === "queued" || state === "sending" },
    fault: /reply-moved-where-it-may-not/,
  },
  { name: "sends two replies into a thread at once", plant: { mustWait: () => false }, fault: /on their way at once/ },
  { name: "makes two replies of two presses", plant: { isSamePress: () => false }, fault: /one press became two/ },
];
