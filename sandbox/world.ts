/**
 * The world this local Meta keeps: pages, their lead ads, people, and one thread per page and person.
 * Everything here is plain JSON (times are milliseconds since 1970), because it is also the file on disk
 * and, nearly unchanged, the answer of `GET /control/state`.
 */

export const LEADGEN_APP = "413038776280800";
export const PAGE_INBOX_APP = "263902037430900";
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
};

export type Prefill = "EMAIL" | "PHONE" | "CITY";

export type Question = {
  text: string;
  /** Offered as quick replies; empty for a free answer. */
  choices: string[];
  /** Choices that end the flow as disqualified. */
  disqualifies: string[];
  prefill: Prefill | null;
};

/** The switches of an ad's message template. */
export type AdSettings = {
  connectedAppId: string | null;
  sendsSummary: boolean;
  allowsInterrupt: boolean;
  stopKeywords: string[];
  stopMessage: string;
  blocksSendApi: boolean;
  /** Whether Meta's own labels ("Lead Disqualified" …) reach the app. */
  labels: boolean;
};

export type Ad = {
  id: string;
  pageId: string;
  language: "de" | "en";
  title: string;
  body: string;
  photoUrl: string;
  postId: string;
  intro: string;
  confirmation: string;
  disqualification: string;
  questions: Question[];
  settings: AdSettings;
};

export type Person = {
  psid: string;
  pageId: string;
  name: string;
  email: string;
  phone: string;
  city: string;
  /** Some people's profile is an empty object for the app. */
  hasProfile: boolean;
};

export type Author = "person" | "leadgen" | "app" | "page_inbox" | "other_app";

export type Attachment = { type: string; url: string | null; title: string | null };
export type QuickReply = { title: string; payload: string | null };

export type Message = {
  mid: string;
  from: Author;
  text: string | null;
  attachments: Attachment[];
  quickReplies: QuickReply[];
  metadata: string | null;
  replyToMid: string | null;
  at: number;
  deliveredAt: number | null;
  readAt: number | null;
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
  /** An app that asked for control and was not answered yet. */
  requestedByAppId: string | null;
  lastUserActionAt: number | null;
  /** First message after the latest tap on an ad. */
  firstAdMessageAt: number | null;
  labels: string[];
};

/** One webhook update waiting to be delivered. `item` and `hopContext` are wire text, ready to be put into a body. */
export type Update = {
  id: number;
  pageId: string;
  channel: "messaging" | "standby" | "changes";
  /** A word for logs and the page: "referral LEAD_COMPLETE", "handover pass", "echo" … */
  what: string;
  psid: string | null;
  entryTime: number;
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
  events: { what: string; channel: Update["channel"]; psid: string | null }[];
};

export type DeliverySettings = { hold: boolean; down: boolean; repeat: number; shuffle: boolean; batch: number };

export type UnclearKind = "timeout" | "error500" | "cut" | "html";
export type SendFault =
  | { kind: "unclear"; how: UnclearKind; isAccepted: boolean; times: number }
  | { kind: "throttle"; code: 4 | 613; times: number };

export type Faults = { sends: SendFault[]; revokedPageIds: string[]; dropEchoes: number };

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
};

// ---- What the control interface shows ------------------------------------------------------------------

export type ControlName = "leadgen" | "ours" | "page_inbox" | "other_app" | "idle";

/** The running flow, ready to draw: what is asked and which answers are offered. */
export type FlowView = Flow & {
  adTitle: string;
  total: number;
  question: string | null;
  input: "choice" | "text" | "email" | "phone" | "city" | null;
  choices: string[];
  /** The prefilled answer (e-mail, phone, city) Messenger offers as a button. */
  suggestion: string | null;
};

export type ThreadView = {
  pageId: string;
  psid: string;
  pageName: string;
  name: string;
  messages: Message[];
  /** Buttons above the keyboard right now: the question's choices or suggestion, or those of the last message. */
  quickReplies: QuickReply[];
  flow: FlowView | null;
  pastFlows: Flow[];
  control: {
    name: ControlName;
    appId: string | null;
    since: number | null;
    until: number | null;
    requestedBy: string | null;
  };
  windowEndsAt: number | null;
  /** Messages from the page the person has not seen. */
  unread: number;
  lastAt: number;
};

export type DeliveryView = {
  /** The address of the product's webhook. */
  to: string;
  queued: number;
  inFlight: number;
  delivered: number;
  failedAttempts: number;
  settings: DeliverySettings;
  tail: DeliveryRecord[];
};

export type StateView = {
  now: number;
  seed: string;
  run: number;
  apps: { ours: string; leadgen: string; pageInbox: string; other: string };
  pages: Page[];
  ads: Ad[];
  people: Person[];
  threads: ThreadView[];
  threadCount: number;
  delivery: DeliveryView;
  faults: Faults;
};

/** What `GET /control/stream` sends as the data of its events. */
export type StreamEvent =
  | { kind: "thread"; thread: ThreadView }
  | { kind: "delivery"; delivery: DeliveryView }
  | { kind: "reload" };
