/**
 * What an agent may do about thread control, by who holds it, and what each step costs. Whether Meta
 * allows it depends on the page's routing, which Meta tells nobody beforehand; its refusal is shown in words.
 */
import type { ControlState } from "./control.ts";

export const controlActionKinds = ["take", "pass_page_inbox", "request", "release"] as const;
export type ControlActionKind = (typeof controlActionKinds)[number];

/** Names a sentence of the message files: what will happen if the agent goes on. */
export type ControlConsequence =
  | "take_from_page_inbox"
  | "take_from_other_app"
  | "take_ends_questions"
  | "take_free"
  | "take_unknown"
  | "request_from_page_inbox"
  | "request_from_other_app"
  | "request_unknown"
  | "pass_page_inbox"
  | "release";

export type ControlOffer = { kind: ControlActionKind; consequence: ControlConsequence };

const offers: Record<ControlState, readonly ControlOffer[]> = {
  ours: [
    { kind: "pass_page_inbox", consequence: "pass_page_inbox" },
    { kind: "release", consequence: "release" },
  ],
  page_inbox: [
    { kind: "take", consequence: "take_from_page_inbox" },
    { kind: "request", consequence: "request_from_page_inbox" },
  ],
  other_app: [
    { kind: "take", consequence: "take_from_other_app" },
    { kind: "request", consequence: "request_from_other_app" },
  ],
  leadgen: [{ kind: "take", consequence: "take_ends_questions" }],
  idle: [
    { kind: "take", consequence: "take_free" },
    { kind: "pass_page_inbox", consequence: "pass_page_inbox" },
  ],
  unknown: [
    { kind: "take", consequence: "take_unknown" },
    { kind: "request", consequence: "request_unknown" },
    { kind: "pass_page_inbox", consequence: "pass_page_inbox" },
  ],
};

export function controlOffers(state: ControlState): readonly ControlOffer[] {
  return offers[state];
}

export function isOffered(kind: ControlActionKind, state: ControlState): boolean {
  return offers[state].some((offer) => offer.kind === kind);
}
