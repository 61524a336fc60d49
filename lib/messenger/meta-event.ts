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
  /** `history`: the conversation's, read afterwards, see read-history.ts. */
  channel: "messaging" | "standby" | "changes" | "history";
  platform: "page" | "instagram";
};

type PersonEvent = EventBase & { psid: string };
/** Of the page as a whole; no person is part of it. */
type PageEvent = EventBase & { psid: null };

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

/** How somebody came: by an ad or a link, as told beside what they did then. */
export type CameBy = { source: string | null; ref: string | null; adId: string | null; adTitle: string | null };

export type MessageReceived = PersonEvent & {
  kind: "message";
  mid: string;
  text: string | null;
  /** Pictures and files, and what Meta tells beside them: a story replied to, a command, a product asked about. */
  attachments: Attachment[];
  quickReply: string | null;
  replyToMid: string | null;
  isDeleted: boolean;
  isUnsupported: boolean;
  adId: string | null;
  adTitle: string | null;
  cameBy: CameBy | null;
};

/** A message our side sent: we ourselves, the Page Inbox, or another app. */
export type Echo = PersonEvent & {
  kind: "echo";
  mid: string;
  text: string | null;
  attachments: Attachment[];
  appId: string | null;
  metadata: string | null;
  replyToMid: string | null;
  isDeleted: boolean;
};

export type Postback = PersonEvent & {
  kind: "postback";
  mid: string | null;
  title: string | null;
  payload: string | null;
  adId: string | null;
  cameBy: CameBy | null;
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

/** The person allowed notifications on a topic, or wants none. */
export type OptIn = PersonEvent & {
  kind: "optin";
  action: "opt_in" | "stop" | "resume";
  topic: string | null;
  title: string | null;
  expiresAt: Date | null;
};

/** One question of a feedback form: csat (1–5), nps (0–10), ces (1–7) or free_form, with the text behind a score. */
export type FeedbackAnswer = { id: string; type: string; payload: string | null; followUp: string | null };

export type Feedback = PersonEvent & { kind: "feedback"; answers: FeedbackAnswer[] };

/** Thumbs up or down under a message of ours. */
export type ResponseFeedback = PersonEvent & { kind: "response_feedback"; mid: string | null; isGood: boolean };

export type AccountLinking = PersonEvent & { kind: "account_linking"; isLinked: boolean };

/** The person filled in an instant form inside the conversation. Meta names the form, not the lead. */
export type FormSubmitted = PersonEvent & { kind: "form"; formId: string };

export type OrderPlaced = PersonEvent & {
  kind: "order";
  items: { name: string; quantity: string | null }[];
  note: string | null;
};

/** Meta warns the page, stops it from sending, or lets it send again. */
export type PolicyNotice = PageEvent & {
  kind: "policy";
  action: "warning" | "block" | "unblock";
  reason: string | null;
};

/** The roles of the old protocol for passing threads on, by app. */
export type AppRoles = PageEvent & { kind: "app_roles"; roles: { appId: string; names: string[] }[] };

/** Somebody sent an instant form off. Its answers are fetched with the id. */
export type InstantLeadEvent = PageEvent & {
  kind: "leadgen";
  leadgenId: string;
  formId: string | null;
  adId: string | null;
  /** Some of its ids are those of Meta's tests, though not its own. */
  isTest: boolean;
};

/** What the App Dashboard and Meta's own checks send: `what` says what it pretends to be. */
export type TestReceived = PageEvent & { kind: "test"; what: string };

/** We read a conversation's history up to this moment. */
export type ConversationRead = PersonEvent & {
  kind: "conversation";
  conversationId: string | null;
  /** As the conversation calls the person. */
  name: string | null;
  isOurs: boolean | null;
  /** False when its messages were not looked at. */
  isRead: boolean;
};

/** Which app holds the thread and until when, as far as Meta said when asked; null when it said nothing. */
export type ThreadOwner = PersonEvent & {
  kind: "thread_owner";
  owner: { appId: string | null; expiresAt: Date | null } | null;
};

/** `what` names the kind, as far as it can be told: Meta's word for a new one, "message" for a malformed one. */
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
  | OptIn
  | Feedback
  | ResponseFeedback
  | AccountLinking
  | FormSubmitted
  | OrderPlaced
  | PolicyNotice
  | AppRoles
  | InstantLeadEvent
  | TestReceived
  | ConversationRead
  | ThreadOwner
  | UnknownEvent;

export type KnownEvent = Exclude<MetaEvent, UnknownEvent>;

/** With the moment it reached us. */
export type Received<E> = E & { receivedAt: Date };
