import type { World } from "./world.ts";

/** What only the Graph side of this Meta remembers: tokens, subscriptions, saved files, personas, and troubles on order. */
export const pageFields = [
  "messages",
  "message_echoes",
  "messaging_postbacks",
  "messaging_referrals",
  "messaging_handovers",
  "standby",
  "message_deliveries",
  "message_reads",
  "message_reactions",
  "message_edits",
  "messaging_optins",
  "messaging_feedback",
  "messaging_policy_enforcement",
  "inbox_labels",
  "leadgen",
] as const;

/** Accepted, though not part of the full list. */
export const rareFields = [
  "messaging_in_thread_lead_form_submit",
  "response_feedback",
  "message_context",
  "message_template_status_update",
  "feed",
  "leadgen_update",
  "leadgen_fat",
] as const;

export const instagramFields = [
  "messages",
  "messaging_postbacks",
  "messaging_seen",
  "message_reactions",
  "messaging_referral",
  "messaging_handover",
  "messaging_optins",
  "standby",
] as const;

/** Without an address of its own it goes where the settings say. */
export type AppSubscription = {
  object: "page" | "instagram";
  callbackUrl: string | null;
  isActive: boolean;
  fields: string[];
};

export type Token = {
  token: string;
  kind: "user" | "page";
  userId: string;
  /** The pages a user token reaches; the one page of a page token. */
  pageIds: string[];
  scopes: string[];
  /** Grows with every token: what is revoked is every token up to a serial, so a new login helps. */
  serial: number;
  issuedAt: number;
  /** Null: never. */
  expiresAt: number | null;
  dataAccessExpiresAt: number;
};

export type LoginCode = {
  code: string;
  redirectUri: string;
  pageIds: string[];
  scopes: string[];
  declined: string[];
  expiresAt: number;
};

export type Persona = { id: string; pageId: string; name: string; pictureUrl: string; isDeleted: boolean };

/** A file uploaded ahead of its message; private to the page. */
export type SavedFile = { id: string; pageId: string; type: string; url: string; expiresAt: number };

/** What the page last signalled in a thread. */
export type Signs = { typingUntil: number | null; personaId: string | null; seenAt: number | null };

export type DatasetEvent = { datasetId: string; pageId: string; at: number; event: unknown; testCode: string | null };

export type Label = { id: string; pageId: string; name: string };

export type GraphWorld = {
  appSubscriptions: AppSubscription[];
  /** By page; a page that is missing here has not installed the app. */
  pageSubscriptions: Record<string, string[]>;
  /** How many updates no subscription wanted. */
  unwanted: number;
  tokens: Token[];
  codes: LoginCode[];
  revoked: Record<string, { serial: number; subcode: number }>;
  expiring: Record<string, { serial: number; at: number }>;
  removedPermissions: Record<string, string[]>;
  declined: string[];
  /** Only these may be written to while the app is not live; null when it is. */
  testers: string[] | null;
  /** Until when a page may not send. */
  restrictedUntil: Record<string, number>;
  usage: Record<string, { percent: number; minutes: number }>;
  retryAfter: { seconds: number; times: number } | null;
  /** How many calls at once the Conversations API takes before two a second count; 0 for any number. */
  conversationBurst: number;
  isMediaGone: boolean;
  personas: Persona[];
  savedFiles: SavedFile[];
  signs: Record<string, Signs>;
  /** Reactions of the page to messages of the person, by mid. */
  pageReactions: Record<string, string>;
  labels: Label[];
  datasets: Record<string, string>;
  datasetEvents: DatasetEvent[];
  moderation: Record<string, string[]>;
};

export function newGraphWorld(pageIds: readonly string[]): GraphWorld {
  return {
    appSubscriptions: [
      { object: "page", callbackUrl: null, isActive: true, fields: [...pageFields] },
      { object: "instagram", callbackUrl: null, isActive: true, fields: [...instagramFields] },
    ],
    pageSubscriptions: Object.fromEntries(pageIds.map((id) => [id, [...pageFields]])),
    unwanted: 0,
    tokens: [],
    codes: [],
    revoked: {},
    expiring: {},
    removedPermissions: {},
    declined: [],
    testers: null,
    restrictedUntil: {},
    usage: {},
    retryAfter: null,
    conversationBurst: 60,
    isMediaGone: false,
    personas: [],
    savedFiles: [],
    signs: {},
    pageReactions: {},
    labels: [],
    datasets: {},
    datasetEvents: [],
    moderation: {},
  };
}

/** Takes back every trouble that was ordered; what subscriptions lost stays lost until they are made again. */
export function calm(world: World): void {
  Object.assign(world.graph, {
    revoked: {},
    expiring: {},
    removedPermissions: {},
    testers: null,
    restrictedUntil: {},
    usage: {},
    retryAfter: null,
    conversationBurst: 60,
    isMediaGone: false,
  } satisfies Partial<GraphWorld>);
}
