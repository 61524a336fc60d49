/**
 * What Meta's notices make of a page: a block holds until it is lifted, a warning until Meta says anything newer. Meta's
 * clock orders them, whatever order they come in.
 */
export type PolicyWord = { action: string; reason: string | null; at: Date; key: string };

export type PolicyState = { warned: PolicyWord | null; restricted: PolicyWord | null };

export function policyState(words: readonly PolicyWord[]): PolicyState {
  const inOrder = words.toSorted((a, b) => a.at.getTime() - b.at.getTime() || (a.key < b.key ? -1 : 1));
  const newest = inOrder.at(-1) ?? null;
  const newestStop = inOrder.findLast(({ action }) => action === "block" || action === "unblock") ?? null;
  return {
    warned: newest?.action === "warning" ? newest : null,
    restricted: newestStop?.action === "block" ? newestStop : null,
  };
}
