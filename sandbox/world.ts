import type { Ad } from "./world-ads.ts";

/**
 * The world this local Meta keeps: pages, their lead ads, people, and one thread per page and person.
 * Everything here is plain JSON (times are milliseconds since 1970), because it is also the file on disk
 * and, nearly unchanged, the answer of `GET /control/state`.
 */

import type { GraphWorld } from "./graph-world.ts";

export const LEADGEN_APP = "413038776280800";
export const PAGE_INBOX_APP = "263902037430900";
export const INSTAGRAM_INBOX_APP = "1217981644879628";
export const OTHER_APP = "2233445566778899";

export const endings = [
  "complete",
  "disqualified",
  "abandoned",
  "stopped",
  "interrupted_by_app",
  "interrupted_by_inbox",
] as const;
export type Ending = (typeof endings)[number];

/**
 * `routing`: Conversation Routing with our app as default application; taking control is allowed or not.
 * `zero-config`: no default application; taking is refused, requesting works.
 */
export type Regime = "routing" | "zero-config";

export type Page = {
  id: string;
  name: string;
  regime: Regime;
  isTakeAllowed: boolean;
  /** The app that owns what nobody owns; null without routing. */
  defaultAppId: string | null;
  /** Whether this page's ads really keep the window open for 7 days. Meta says "may"; each page answers differently. */
  hasLongAdWindow: boolean;
  hasHumanAgent: boolean;
  /** The professional account linked to this page, whose people write with `object: "instagram"`. */
  instagramId: string | null;
  /** Whether names and pictures may be read. */
  isProfileAllowed: boolean;
  /** Leads Access Manager lets our app read Instant Form leads. */
  hasLeadAccess: boolean;
  /** The Page Contact terms, without which labels are closed. */
  hasLabelTerms: boolean;
  isHighVolume: boolean;
  /** What Meta's policy enforcement last said; a block forbids sending. */
  policy: "warning" | "block" | null;
};

export type Person = {
  /** Page-scoped; on Instagram the account-scoped id. */
  psid: string;
  platform: "messenger" | "instagram";
  pageId: string;
  name: string;
  email: string;
  phone: string;
  city: string;
  /** Some people's profile is an empty object for the app. */
  hasProfile: boolean;
  /** Blocked the page: nothing can be sent to this person. */
  hasBlocked: boolean;
  /** Deleted the account: silent for ever, and the name is gone. */
  isDeleted: boolean;
};

export type Author = "person" | "leadgen" | "app" | "page_inbox" | "other_app";

export type Attachment = {
  type: string;
  url: string | null;
  title: string | null;
  stickerId?: string;
  coordinates?: { lat: number; long: number };
};
export type QuickReply = { title: string; payload: string | null };

export type Message = {
  mid: string;
  from: Author;
  text: string | null;
  attachments: Attachment[];
  quickReplies: QuickReply[];
  metadata: string | null;
  replyToMid: string | null;
  /** Under which name and face the page wrote. */
  personaId?: string;
  at: number;
  deliveredAt: number | null;
  readAt: number | null;
  /** The person's reaction to this message. */
  reaction: string | null;
  /** The earlier texts, oldest first. */
  edits: string[];
  isUnsent: boolean;
};

export type Answer = { question: string; answer: string };

export type Flow = {
  adId: string;
  state: "running" | "ended";
  ending: Ending | null;
  /** Index of the question now asked. */
  step: number;
  answers: Answer[];
  startedAt: number;
  remindedAt: number | null;
  /** Skipped questions count as answered here. */
  lastAnswerAt: number | null;
  endedAt: number | null;
};

export type Thread = {
  pageId: string;
  psid: string;
  messages: Message[];
  /** Oldest first; only the last one can be running. */
  flows: Flow[];
  ownerAppId: string | null;
  ownedSince: number | null;
  ownedUntil: number | null;
  /** By how many days a user message prolongs the control; any routing action sets it back to one. */
  controlDays: number;
  /** An app that asked for control and was not answered yet. */
  requestedByAppId: string | null;
  lastUserActionAt: number | null;
  /** First message after the latest tap on an ad. */
  firstAdMessageAt: number | null;
  labels: string[];
  optIns: { topic: string; token: string; isStopped: boolean }[];
};

/** One webhook update waiting to be delivered. `item` and `hopContext` are wire text, ready to be put into a body. */
export type Update = {
  id: number;
  object: "page" | "instagram";
  /** The field an app must have subscribed to: "messages", "message_echoes", "leadgen" … */
  field: string;
  pageId: string;
  /** The page, its Instagram account, or "0" in tests of the dashboard. */
  entryId: string;
  channel: "messaging" | "standby" | "changes";
  /** A word for logs and the page: "referral LEAD_COMPLETE", "handover pass", "echo" … */
  what: string;
  psid: string | null;
  entryTime: number;
  /** When it may leave at the earliest. */
  notBefore: number;
  item: string;
  hopContext: string | null;
};

export type DeliveryRecord = {
  id: number;
  at: number;
  attempts: number;
  /** HTTP status of the last attempt; null when there was none (refused, timed out). */
  status: number | null;
  isAccepted: boolean;
  bytes: number;
  /** What `X-Hub-Signature-256` said. */
  signature?: string;
  /** How long the last attempt took. */
  tookMs?: number;
  /** Never sent: lost on order, or wanted by no subscription. */
  missed?: "lost" | "unwanted";
  events: { what: string; channel: Update["channel"]; psid: string | null }[];
};

export type DeliverySettings = {
  hold: boolean;
  down: boolean;
  /** Since when the product has been unreachable; Meta unsubscribes a page after an hour of it. */
  downSince: number | null;
  repeat: number;
  shuffle: boolean;
  batch: number;
};

export type UnclearKind = "timeout" | "error500" | "cut" | "html";
export type SendFault =
  | { kind: "unclear"; how: UnclearKind; isAccepted: boolean; times: number }
  | { kind: "throttle"; code: 4 | 613; times: number };

export type Faults = {
  sends: SendFault[];
  revokedPageIds: string[];
  dropEchoes: number;
  /** Updates lost for ever: while true all, else the next so many. */
  drop: boolean;
  dropDeliveries: number;
  /** How much later than it happened an update leaves. */
  delayMs: number;
};

export type InstantForm = {
  id: string;
  pageId: string;
  name: string;
  locale: string;
  status: "ACTIVE" | "ARCHIVED" | "DRAFT";
  questions: { key: string; label: string; type: string }[];
};

/** A lead of an Instant Form: its webhook carries ids only, the answers are read through Graph. */
export type InstantLead = {
  id: string;
  formId: string;
  pageId: string;
  adId: string | null;
  createdAt: number;
  fieldData: { name: string; values: string[] }[];
  consents: { key: string; checked: boolean }[];
  isOrganic: boolean;
  isTest: boolean;
  platform: "fb" | "ig";
};

/** What the Send API accepted: the sandbox's ledger of real sends. */
export type SentRecord = {
  mid: string;
  pageId: string;
  psid: string;
  text: string | null;
  metadata: string | null;
  messagingType: string;
  tag: string | null;
  at: number;
  /** How the caller was answered: "ok", or the unclear answer that was ordered. */
  answered: "ok" | UnclearKind;
};

export type World = {
  /** Of the file's shape. */
  version: number;
  seed: string;
  /** Grows with every start and reset, and is part of every id: ids never repeat, even after a hard kill. */
  run: number;
  /** Counts everything that needs an id in this run. */
  counter: number;
  appId: string;
  pages: Page[];
  ads: Ad[];
  /** By PSID: a PSID belongs to one page, so it names the person and the thread alike. */
  people: Record<string, Person>;
  threads: Record<string, Thread>;
  queue: Update[];
  log: DeliveryRecord[];
  settings: DeliverySettings;
  faults: Faults;
  sent: SentRecord[];
  instantForms: InstantForm[];
  instantLeads: InstantLead[];
  /** How many updates were lost for ever. */
  lost: number;
  graph: GraphWorld;
};
