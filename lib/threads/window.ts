/**
 * The messaging window: whether a Page may still write in a thread, and on what terms.
 * The spans are Meta's policy, and nothing else in the product knows them.
 * https://developers.facebook.com/documentation/business-messaging/messenger-platform/policy/
 */
const DAY = 24 * 60 * 60 * 1000;

export const openers = ["message", "postback", "reaction", "link", "lead"] as const;
/** What opened the window: an act of the person, or a lead that proves the person has just answered. */
export type Opener = (typeof openers)[number];

export type Sender = "person" | "automation";

export type Window = {
  lastActionAt: Date | null;
  opener: Opener | null;
  firstAdMessageAt: Date | null;
  /** An incomplete lead ended here without a message we saw: the person acted by then, we do not know when. */
  probableActionAt: Date | null;
  /** Meta refused a send because the window was closed. */
  refusedAt: Date | null;
  hasHumanAgent: boolean;
};

export type ReplyTerms =
  | { phase: "free" | "probable"; messagingType: "RESPONSE"; endsAt: Date }
  | { phase: "human"; messagingType: "MESSAGE_TAG"; tag: "HUMAN_AGENT"; endsAt: Date }
  | { phase: "closed" };

export type WindowPhase = ReplyTerms["phase"];

export function replyTerms(window: Window, sender: Sender, now: Date): ReplyTerms {
  const { freeUntil, probableUntil, humanUntil } = windowEnds(window);

  if (isAhead(freeUntil, now)) return { phase: "free", messagingType: "RESPONSE", endsAt: freeUntil };
  if (isAhead(probableUntil, now)) return { phase: "probable", messagingType: "RESPONSE", endsAt: probableUntil };
  if (sender === "person" && isAhead(humanUntil, now)) {
    return { phase: "human", messagingType: "MESSAGE_TAG", tag: "HUMAN_AGENT", endsAt: humanUntil };
  }
  return { phase: "closed" };
}

/** The ends alone, for lists that sort and filter by them. Each phase holds until its end, the earlier one first. */
export function windowEnds(window: Window): {
  freeUntil: Date | null;
  probableUntil: Date | null;
  humanUntil: Date | null;
} {
  const { lastActionAt, firstAdMessageAt, probableActionAt, refusedAt } = window;
  const unlessRefused = (since: Date | null) =>
    since !== null && refusedAt !== null && refusedAt >= since ? null : since;

  return {
    freeUntil: after(unlessRefused(lastActionAt), 1),
    // A refusal after the ad's first message tells that Meta does not extend this thread, whatever comes later.
    probableUntil: after(latest(unlessRefused(firstAdMessageAt), unlessRefused(probableActionAt)), 7),
    humanUntil: window.hasHumanAgent ? after(latest(lastActionAt, probableActionAt), 7) : null,
  };
}

function isAhead(end: Date | null, now: Date): end is Date {
  return end !== null && end.getTime() > now.getTime();
}

function after(since: Date | null, days: number): Date | null {
  return since === null ? null : new Date(since.getTime() + days * DAY);
}

function latest(a: Date | null, b: Date | null): Date | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}
