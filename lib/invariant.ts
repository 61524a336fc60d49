/**
 * What can only be wrong if we are: data that contradicts itself, or a rule that does not hold. Whatever is being done
 * then is undone, and the event it was done for is set aside with this name as the reason.
 */
export class InvariantBroken extends Error {
  readonly code: string;

  constructor(what: string) {
    super(what);
    this.name = "InvariantBroken";
    this.code = what;
  }
}

/** `what` names the rule in a few words of letters, for reasons and logs; it says nothing about a person. */
export function invariant(isKept: boolean, what: string): void {
  if (!isKept) throw new InvariantBroken(what);
}
