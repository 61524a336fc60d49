/** The tables, as far as the core reads and writes them. Every function that writes them is one transaction. */
import type { Signal } from "#lib/leads/fold.ts";
import type { FoldedLead } from "#lib/leads/fold-thread.ts";
import type { LabelFact } from "#lib/leads/lead-label.ts";
import type { Control } from "#lib/threads/control.ts";
import type { ReplyState } from "#lib/threads/reply.ts";
import type { NewControlFact, ThreadNews } from "#lib/threads/thread-news.ts";
import type { Opener } from "#lib/threads/window.ts";

export type Delivery = {
  id: number;
  source: "webhook" | "history";
  body: Uint8Array;
  receivedAt: Date;
  state: "waiting" | "opened" | "unreadable";
  leaseUntil: number | null;
  leaseNumber: number;
  attempts: number;
};

export type EventRow = {
  pageId: string;
  key: string;
  kind: string;
  psid: string | null;
  state: "applied" | "ignored" | "waiting" | "parked";
  stateReason: string | null;
  deliveryId: number;
  receivedAt: Date;
};

export type MessageRow = {
  mid: string;
  direction: "in" | "out";
  kind: "message" | "postback";
  text: string | null;
  replyToMid: string | null;
  quickReply: string | null;
  sentAt: Date;
  appId: string | null;
  replyId: string | null;
  deletedAt: Date | null;
};

export type ReplyRow = {
  pageId: string;
  psid: string;
  id: string;
  authorId: string | null;
  intentId: string;
  text: string;
  metadata: string;
  state: ReplyState;
  stateReason: string | null;
  createdAt: Date;
  sendAfter: Date;
  leaseUntil: number | null;
  leaseNumber: number;
  sendingAt: Date | null;
  settledAt: Date | null;
  mid: string | null;
  errorSubcode: number | null;
};

export type SignalRow = Signal & { leadId: string | null; receivedAt: Date };
export type LeadRow = Pick<FoldedLead, "id" | "run" | "reason"> & { createdAt: Date };

/** What came of no event: an answer of Meta's to a call of ours, or a person's word. */
export type Deed = { news: ThreadNews; message: MessageRow | null };

export type Thread = {
  pageId: string;
  psid: string;
  control: Control;
  lastActionAt: Date | null;
  lastOpener: Opener | null;
  firstAdMessageAt: Date | null;
  probableActionAt: Date | null;
  refusedAt: Date | null;
  lastInboundAt: Date | null;
  lastOutboundAt: Date | null;
  lastHumanReplyAt: Date | null;
  deliveredWatermark: Date | null;
  readWatermark: Date | null;
  historyReadAt: Date | null;
  refreshDueAt: number | null;
  refreshTries: number;
  facts: Map<string, NewControlFact>;
  messages: Map<string, MessageRow>;
  signals: Map<string, SignalRow>;
  labels: Map<string, LabelFact>;
  /** Which lead weak evidence belonged to. */
  signs: Map<string, string>;
  leads: Map<string, LeadRow>;
  aliases: Map<string, string>;
  reactions: Map<string, { emoji: string | null; at: Date; key: string }>;
  replies: ReplyRow[];
  deeds: Deed[];
  /** A deed changed it, and its leads have not been made anew since. */
  isStale: boolean;
};

export type Tables = {
  pages: Map<string, { isConnected: boolean }>;
  deliveries: Delivery[];
  events: Map<string, EventRow>;
  threads: Map<string, Thread>;
  /** How often each event's effect was written. */
  effects: Map<string, number>;
  /** Ids of leads that somebody may have seen. */
  shown: Map<string, Thread>;
  /** Rows that were finished by somebody whose lease was over. */
  unfenced: string[];
  /** What cannot be applied until a newer version can. */
  isRepaired: boolean;
  lastId: number;
};

export function createTables(pageIds: readonly string[]): Tables {
  return {
    pages: new Map(pageIds.map((id) => [id, { isConnected: true }])),
    deliveries: [],
    events: new Map(),
    threads: new Map(),
    effects: new Map(),
    shown: new Map(),
    unfenced: [],
    isRepaired: false,
    lastId: 0,
  };
}

export function newRowId(tables: Tables): string {
  tables.lastId += 1;
  return `id-${String(tables.lastId).padStart(5, "0")}`;
}

export function threadOf(tables: Tables, { pageId, psid }: { pageId: string; psid: string }): Thread {
  const key = `${pageId}/${psid}`;
  const known = tables.threads.get(key);
  if (known !== undefined) return known;
  const begun: Thread = {
    pageId,
    psid,
    control: { state: "unknown", appId: null, since: null, expiresAt: null, source: null },
    lastActionAt: null,
    lastOpener: null,
    firstAdMessageAt: null,
    probableActionAt: null,
    refusedAt: null,
    lastInboundAt: null,
    lastOutboundAt: null,
    lastHumanReplyAt: null,
    deliveredWatermark: null,
    readWatermark: null,
    historyReadAt: null,
    refreshDueAt: null,
    refreshTries: 0,
    facts: new Map(),
    messages: new Map(),
    signals: new Map(),
    labels: new Map(),
    signs: new Map(),
    leads: new Map(),
    aliases: new Map(),
    reactions: new Map(),
    replies: [],
    deeds: [],
    isStale: false,
  };
  tables.threads.set(key, begun);
  return begun;
}

export function addMessage(thread: Thread, message: MessageRow): void {
  if (!thread.messages.has(message.mid)) thread.messages.set(message.mid, message);
}
