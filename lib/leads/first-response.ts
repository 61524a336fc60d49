/** Whole seconds from the lead, by Meta's clock, to the first message a human of ours got accepted. */
export function firstResponseSeconds(leadAt: Date, firstResponseAt: Date | null): number | null {
  return firstResponseAt === null
    ? null
    : Math.max(0, Math.floor((firstResponseAt.getTime() - leadAt.getTime()) / 1000));
}
