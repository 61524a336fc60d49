/**
 * Since when the person waits for a human of ours: since the lead itself, or since their first message after
 * our last human reply. Automatic replies answer nobody; a message written in the Page Inbox is a human's.
 */
export function waitingSince(leadAt: Date, lastHumanReplyAt: Date | null, firstUnansweredAt: Date | null): Date | null {
  if (lastHumanReplyAt === null || leadAt > lastHumanReplyAt) return leadAt;
  return firstUnansweredAt;
}

/** The latest of these times; null is no time. */
export function latestOf(first: Date, ...others: readonly (Date | null)[]): Date {
  return others.reduce<Date>((latest, at) => (at !== null && at > latest ? at : latest), first);
}
