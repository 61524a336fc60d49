import type { Answer } from "./answers.ts";
import type { Attachment } from "./attachments.ts";

/**
 * What Meta told us, one entry of a delivery at a time, in our words: ids are strings, times are dates, texts can be
 * stored. Whatever we do not understand is an event too, so that it can be kept, counted and read again later.
 */
type EventBase = {
  pageId: string;
  psid: string | null;
  /** Meta's clock, normalised; ours where Meta gave none. */
  at: Date;
  /** The same for every repeat of the same event, unique within its page. See event-key.ts. */
  key: string;
  /** Its place in the delivery, from 0. */
  position: number;
  channel: "messaging" | "standby" | "changes";
  platform: "page" | "instagram";
};

type PersonEvent = EventBase & { psid: string };

export type LeadOutcome = "complete" | "incomplete";

export type LeadReferral = PersonEvent & {
  kind: "lead_referral";
  outcome: LeadOutcome;
  adId: string | null;
  adTitle: string | null;
  postId: string | null;
  photoUrl: string | null;
  ref: string | null;
  answers: Answer[];
};

/** A message the person never wrote: Meta repeats the answers of a complete lead to the connected app. */
export type LeadSummary = PersonEvent & { kind: "lead_summary"; mid: string; text: string };

export type Handover = PersonEvent & {
  kind: "handover";
  op: "pass" | "take" | "request";
  from: string | null;
  to: string | null;
  metadata: string | null;
  /** Set when the Leadgen app hands over at the end of its questions. */
  lead: LeadOutcome | null;
};

export type MessageReceived = PersonEvent & {
  kind: "message";
  mid: string;
  text: string | null;
  attachments: Attachment[];
  quickReply: string | null;
  replyToMid: string | null;
  isDeleted: boolean;
  isUnsupported: boolean;
  adId: string | null;
  adTitle: string | null;
};

/** A message our side sent: we ourselves, the Page Inbox, or another app. */
export type Echo = PersonEvent & {
  kind: "echo";
  mid: string;
  text: string | null;
  attachments: Attachment[];
  appId: string | null;
  metadata: string | null;
};

export type Postback = PersonEvent & {
  kind: "postback";
  mid: string | null;
  title: string | null;
  payload: string | null;
  adId: string | null;
};

export type DeliveryReceipt = PersonEvent & { kind: "delivery"; mids: string[]; watermark: Date };

export type ReadReceipt = PersonEvent & { kind: "read"; watermark: Date | null; mid: string | null };

export type LabelChange = PersonEvent & { kind: "label"; name: string; isRemoval: boolean };

/** The person came back into an existing thread, by a link or an ad. A mere tap on an ad opens no window. */
export type ThreadReferral = PersonEvent & {
  kind: "thread_referral";
  source: string | null;
  ref: string | null;
  adId: string | null;
  adTitle: string | null;
  isAd: boolean;
};

/** What the person thinks of a message, in one emoji; null when it was taken back. */
export type Reaction = PersonEvent & { kind: "reaction"; mid: string; emoji: string | null; isRemoval: boolean };

/** A message's text as the person left it after the n-th change. */
export type MessageEdit = PersonEvent & { kind: "edit"; mid: string; text: string | null; number: number };

/** `what` names the kind, as far as it can be told: "optin", "message" for a malformed one, "test". */
export type UnknownEvent = EventBase & { kind: "unknown"; what: string };

export type MetaEvent =
  | LeadReferral
  | LeadSummary
  | Handover
  | MessageReceived
  | Echo
  | Postback
  | DeliveryReceipt
  | ReadReceipt
  | LabelChange
  | ThreadReferral
  | Reaction
  | MessageEdit
  | UnknownEvent;
