/** What events tell of runs through an ad's questions: signals, and what follows from them for the thread. */
import { LEADGEN_APP_ID } from "#lib/messenger/app-ids.ts";
import type { Handover, LeadReferral, LeadSummary } from "#lib/messenger/meta-event.ts";
import type { NewControlFact, ThreadNews } from "#lib/threads/thread-news.ts";
import type { Signal } from "./fold.ts";

export type LeadEvent = LeadReferral | LeadSummary | (Handover & { lead: "complete" | "incomplete" });

export function signalOf(event: LeadEvent): Signal {
  const { key, at } = event;
  const told = { key, at, adId: null, answers: [], text: null, isRecovered: false };
  switch (event.kind) {
    case "lead_referral":
      return { ...told, kind: "R", outcome: event.outcome, adId: event.adId, answers: event.answers };
    case "lead_summary":
      return { ...told, kind: "S", outcome: "complete", text: event.text };
    case "handover":
      return { ...told, kind: "H", outcome: event.lead };
  }
}

/** A complete run means that the person has just answered, so the window opens at its event time. */
export function signalNews(event: LeadEvent): ThreadNews {
  const { outcome, at } = signalOf(event);
  return {
    ...(outcome === "complete" ? { lastAction: { at, opener: "lead" as const }, firstAdMessageAt: at } : {}),
    ...(event.kind === "lead_referral" ? { facts: [questionsOver(event)] } : {}),
  };
}

/** No webhook tells that Leadgen let go of a thread; that its questions ended does. Referrals count whole seconds. */
function questionsOver({ key, at }: LeadReferral): NewControlFact {
  const end = at.getTime() % 1000 === 0 ? new Date(at.getTime() + 999) : at;
  return { key, kind: "released", source: "handover", appId: LEADGEN_APP_ID, at: end, isLeadHandover: false };
}
