import type { LeadFilter } from "#lib/leads/lead-filter.ts";
import type { LeadCounts, LeadListPage } from "./lead-list.ts";

/** What the filter bar offers, as far as the viewer may see it. */
export type InboxChoices = {
  pages: { id: string; name: string }[];
  ads: { id: string; title: string | null }[];
  agents: { id: string; name: string }[];
};

export type ClaimAnswer = { outcome: "claimed" } | { outcome: "taken" } | { outcome: "not-found" };

/** What the inbox may ask of the server. `words` is the address behind the question mark, in its canonical form. */
export type InboxActions = {
  loadLeads: (words: string, cursor: string | null) => Promise<LeadListPage>;
  claim: (ref: string) => Promise<ClaimAnswer>;
  release: (ref: string) => Promise<{ outcome: "assigned" | "not-found" }>;
};

export type InboxStart = { words: string; page: LeadListPage; counts: LeadCounts };

export type ChangeFilter = (change: Partial<LeadFilter>, how?: "push" | "replace") => void;
