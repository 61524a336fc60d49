/** Everything the page of one lead shows: the row of the list, its evidence, its history, its thread. */
import type { ThreadPage } from "#lib/threads/thread-page.ts";
import type { Answer } from "./lead.ts";
import type { LeadRow } from "./lead-row.ts";

/** A piece of Meta's evidence for this lead: referral, summary or handover. */
export type LeadSignal = {
  kind: "R" | "S" | "H";
  outcome: "complete" | "incomplete";
  at: Date;
  receivedAt: Date;
  /** Meta's own never came; put together from what the conversation still shows. */
  isRecovered: boolean;
};

/** A label Meta or somebody put on the conversation, or took off. */
export type LabelSign = { name: string; isRemoval: boolean; at: Date };

/** Another lead of the same person. */
export type LeadSibling = Pick<LeadRow, "ref" | "status" | "reason" | "at" | "ad">;

export type LeadNote = { id: string; author: string; text: string; createdAt: Date };

export type LeadActivity = { id: string; kind: string; actor: string | null; at: Date; data: Record<string, unknown> };

/** Addresses of pictures are ours: they are kept, see lib/media. */
export type AdCard = { title: string | null; photoHref: string | null; adId: string };

/** The submission of an instant form: its answers come a moment after its lead. */
export type InstantFormFacts = {
  leadgenId: string;
  formId: string | null;
  formName: string | null;
  state: "waiting" | "fetched" | "refused" | "gone";
  stateReason: string | null;
  consents: { key: string; isChecked: boolean }[];
  platform: string | null;
  isOrganic: boolean | null;
};

export type LeadPage = LeadRow & {
  answers: Answer[];
  signals: LeadSignal[];
  labels: LabelSign[];
  siblings: LeadSibling[];
  notes: LeadNote[];
  activity: LeadActivity[];
  /** The page's country: where phone numbers written without a country code belong. */
  country: string;
  person: { psid: string | null; fullName: string | null; pictureHref: string | null };
  adCard: AdCard | null;
  firstResponseSeconds: number | null;
  /** What this viewer had typed and not sent. */
  draft: string;
  /** Null for a lead of an instant form. */
  thread: ThreadPage | null;
  form: InstantFormFacts | null;
};

/** A lead one can talk to. */
export type ThreadedLead = LeadPage & { psid: string; thread: ThreadPage };

export function hasThread(lead: LeadPage): lead is ThreadedLead {
  return lead.thread !== null && lead.psid !== null;
}
