/**
 * What a refused thread action means. Meta refuses taking and asking with the words of a missing permission where the
 * page's routing or its setting does not allow them; what it is, the page's routing tells.
 */
import type { ControlActionKind } from "./control-actions.ts";

/** Words of ours for refusals, each with a sentence under `lead.error`. */
export const controlRefusals = [
  "take_forbidden",
  "take_not_possible",
  "request_not_possible",
  "default_is_us",
  "step_rejected",
] as const;

type Routing = "configured" | "none" | null;

type ControlVerdict = {
  reason: string;
  /** Taking does not work here: control is asked for instead. */
  asksInstead: boolean;
  /** The page's setting forbids taking; remembered, so that nobody presses in vain. */
  forbidsTaking: boolean;
  /** What we believed of the page's routing is refuted. */
  refutesRouting: boolean;
};

export function judgeRefusal(kind: ControlActionKind, word: string, routing: Routing): ControlVerdict {
  const plain = { reason: word, asksInstead: false, forbidsTaking: false, refutesRouting: false };
  if (kind === "pass_default" && word === "rejected") return { ...plain, reason: "default_is_us" };
  if (word === "rejected") return { ...plain, reason: "step_rejected" };
  if (word !== "permissionMissing") return plain;
  if (kind === "take") {
    return routing === "configured"
      ? { ...plain, reason: "take_forbidden", forbidsTaking: true }
      : { ...plain, reason: "take_not_possible", asksInstead: true };
  }
  if (kind !== "request") return plain;
  // Asking is refused where routing is set up; unless we took the page for one without, taking was refused before.
  const isRefuted = routing === "none";
  return { ...plain, reason: "request_not_possible", forbidsTaking: !isRefuted, refutesRouting: isRefuted };
}
