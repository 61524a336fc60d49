import { faultName } from "#lib/fault-name.ts";

const LONGEST = 200;

type AuthLine = { event: "auth"; message?: string; cause?: string };

/**
 * What the sign-in library says, as it may stand in our log: the first line of its own words, and of errors their
 * names alone. Whatever else it hands over may be about a person.
 */
export function authLine(said: unknown, more: readonly unknown[]): AuthLine {
  const cause = [said, ...more].find((one) => one instanceof Error);
  const message = typeof said === "string" ? said.trim().split("\n", 1)[0]?.slice(0, LONGEST) : undefined;
  return {
    event: "auth",
    ...(message ? { message } : {}),
    ...(cause === undefined ? {} : { cause: faultName(cause) }),
  };
}
