/**
 * What an agent may do about thread control, and what each step costs: by who holds the thread, by the page's
 * routing, and by what Meta has refused before. A step that cannot work is not offered; its place is taken by advice.
 */
import type { ControlState } from "./control.ts";

export const controlActionKinds = [
  "take",
  "pass_page_inbox",
  "pass_default",
  "pass_app",
  "request",
  "release",
  "extend",
] as const;
export type ControlActionKind = (typeof controlActionKinds)[number];

/** Names a sentence of the message files: what will happen if the agent goes on. */
export const controlConsequences = [
  "take_from_page_inbox",
  "take_from_other_app",
  "take_ends_questions",
  "take_free",
  "take_unknown",
  "take_again",
  "request_from_page_inbox",
  "request_from_other_app",
  "request_free",
  "request_unknown",
  "pass_page_inbox",
  "pass_page_inbox_free",
  "pass_page_inbox_unknown",
  "pass_default",
  "pass_app",
  "release_to_default",
  "release_to_all",
  "extend",
] as const;
export type ControlConsequence = (typeof controlConsequences)[number];

export type ControlOffer = {
  kind: ControlActionKind;
  consequence: ControlConsequence;
  /** pass_app: to whom. */
  targetAppId: string | null;
  /** If Meta does not allow this here, control is asked for instead. */
  orAsk: boolean;
};

/** Why less can be done than people expect, and who can change that. */
export const controlAdvices = ["take_forbidden", "questions_must_end"] as const;
export type ControlAdvice = (typeof controlAdvices)[number];

/** What is known of a page and a thread beside who holds it. */
export type ControlTerms = {
  /** Meta's routing for the page; null while we do not know. */
  routing: "configured" | "none" | null;
  /** Meta refused us to take a thread of this page: its setting forbids it. */
  isTakeRefused: boolean;
  /** Meta refused to end the questions that are running now. */
  isInterruptRefused: boolean;
  /** The page's default app is ours: there is none to pass to. */
  isDefaultOurs: boolean;
  /** Other apps seen at this page. */
  otherAppIds: readonly string[];
};

/** An owner may keep a thread for a week at most. */
export const EXTEND_DAYS = [1, 2, 3, 4, 5, 6, 7] as const;

export function controlOffers(state: ControlState, terms: ControlTerms): ControlOffer[] {
  switch (state) {
    case "ours":
      return [
        offer("pass_page_inbox", "pass_page_inbox"),
        ...passes(terms),
        offer("extend", "extend"),
        offer("release", terms.routing === "none" ? "release_to_all" : "release_to_default"),
      ];
    case "page_inbox":
      return getBack(terms, "take_from_page_inbox", "request_from_page_inbox");
    case "other_app":
      return getBack(terms, "take_from_other_app", "request_from_other_app");
    case "leadgen":
      return mayEndQuestions(terms) ? [offer("take", "take_ends_questions")] : [];
    case "idle":
      return [
        ...getBack(terms, "take_free", "request_free"),
        offer("pass_page_inbox", "pass_page_inbox_free"),
        ...passes(terms),
      ];
    case "unknown":
      return [
        ...getBack(terms, "take_unknown", "request_unknown"),
        offer("pass_page_inbox", "pass_page_inbox_unknown"),
      ];
  }
}

export function controlAdvice(state: ControlState, terms: ControlTerms): ControlAdvice | null {
  if (state === "leadgen") return mayEndQuestions(terms) ? null : "questions_must_end";
  return state !== "ours" && terms.routing !== "none" && terms.isTakeRefused ? "take_forbidden" : null;
}

export function isOffered(
  asked: { kind: ControlActionKind; targetAppId: string | null },
  state: ControlState,
  terms: ControlTerms,
): boolean {
  return controlOffers(state, terms).some(
    ({ kind, targetAppId }) => kind === asked.kind && targetAppId === asked.targetAppId,
  );
}

/** Without routing nobody may take, only ask; with routing it is the other way round. */
function getBack(terms: ControlTerms, take: ControlConsequence, request: ControlConsequence): ControlOffer[] {
  if (terms.routing === "none") return [offer("request", request)];
  if (terms.isTakeRefused) return [offer("take", "take_again")];
  return [{ ...offer("take", take), orAsk: terms.routing === null }];
}

function mayEndQuestions(terms: ControlTerms): boolean {
  return terms.routing !== "none" && !terms.isTakeRefused && !terms.isInterruptRefused;
}

/** To the default app where there may be one that is not ours, and to the apps seen here. */
function passes(terms: ControlTerms): ControlOffer[] {
  const toDefault = terms.routing !== "none" && !terms.isDefaultOurs ? [offer("pass_default", "pass_default")] : [];
  return [...toDefault, ...terms.otherAppIds.map((appId) => offer("pass_app", "pass_app", appId))];
}

function offer(
  kind: ControlActionKind,
  consequence: ControlConsequence,
  targetAppId: string | null = null,
): ControlOffer {
  return { kind, consequence, targetAppId, orAsk: false };
}
