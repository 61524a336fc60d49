import type { viewGraphFaults } from "./graph-faults.ts";
import type { Signs } from "./graph-world.ts";
import type { listPlays } from "./play-runner.ts";
import type { viewSubscriptions } from "./subscriptions.ts";
import type {
  DeliveryRecord,
  DeliverySettings,
  Faults,
  Flow,
  InstantForm,
  Message,
  Page,
  Person,
  QuickReply,
  Thread,
} from "./world.ts";
import type { Ad } from "./world-ads.ts";

/** What the control interface shows of the world. */
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
  allowsSkip: boolean;
};

export type ThreadView = {
  pageId: string;
  psid: string;
  pageName: string;
  name: string;
  platform: Person["platform"];
  hasBlocked: boolean;
  isDeleted: boolean;
  labels: string[];
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
  /** What the page last signalled: typing, and having seen. */
  signs: Signs;
  /** The page's reactions to messages of the person, by mid. */
  pageReactions: Record<string, string>;
  /** The names under which the page wrote, by persona. */
  personas: Record<string, string>;
  optIns: Thread["optIns"];
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
  lost: number;
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
  instantForms: InstantForm[];
  people: Person[];
  threads: ThreadView[];
  threadCount: number;
  delivery: DeliveryView;
  faults: Faults & { graph: ReturnType<typeof viewGraphFaults> };
  subscriptions: ReturnType<typeof viewSubscriptions>;
  plays: ReturnType<typeof listPlays>;
};

/** What `GET /control/stream` sends as the data of its events. */
export type StreamEvent =
  | { kind: "thread"; thread: ThreadView }
  | { kind: "delivery"; delivery: DeliveryView }
  | { kind: "reload" };
