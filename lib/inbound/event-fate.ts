/** What becomes of an event when its key is put in, or found there. */
import type { MetaEvent } from "#lib/messenger/meta-event.ts";

/** What is not understood is kept; what comes for a page that is not connected waits. */
export type FirstFate = "applied" | "ignored" | "waiting";
export type EventFate = FirstFate | "duplicate";

/** Whose key is new. A test is of no page's business; it says that the address works. */
export function firstFate(kind: MetaEvent["kind"], isConnected: boolean): FirstFate {
  if (kind === "unknown") return "ignored";
  return isConnected || kind === "test" ? "applied" : "waiting";
}

/** What was set aside gets another chance when it comes again; what was applied or ignored is a duplicate. */
export const takenUpAgain: readonly string[] = ["waiting", "parked"];

/** Whose key was there before. */
export function repeatedFate(kind: MetaEvent["kind"], state: string, isConnected: boolean): EventFate {
  return kind !== "unknown" && isConnected && takenUpAgain.includes(state) ? "applied" : "duplicate";
}
