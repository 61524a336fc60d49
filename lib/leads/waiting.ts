/**
 * Since when the person waits for a human of ours: since the lead itself, or since their first message after
 * our last human reply. Automatic replies answer nobody; a message written in the Page Inbox is a human's.
 */
export function waitingSince(
  lead: { at: Date; status: string; isDone: boolean },
  lastHumanReplyAt: Date | null,
  firstUnansweredAt: Date | null,
): Date | null {
  // While the automatic questions run, it is not us the person waits for.
  if (lead.isDone || lead.status === "in_progress") return null;
  if (lastHumanReplyAt === null || lead.at > lastHumanReplyAt) return lead.at;
  return firstUnansweredAt;
}

/** The latest of these times; null is no time. */
export function latestOf(first: Date, ...others: readonly (Date | null)[]): Date {
  return others.reduce<Date>((latest, at) => (at !== null && at > latest ? at : latest), first);
}
