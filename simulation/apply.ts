/** One transaction of production: the keys and effects of what one delivery holds for one thread. */
import type { EventFate } from "#lib/inbound/event-fate.ts";
import type { EventRun } from "#lib/inbound/event-runs.ts";
import { type LeadEvent, signalNews, signalOf } from "#lib/leads/told-signals.ts";
import type { KnownEvent, MetaEvent } from "#lib/messenger/meta-event.ts";
import { ownerFact } from "#lib/threads/control-owner.ts";
import { postbackNews, reactionNews, threadReferralNews } from "#lib/threads/event-news.ts";
import type { ThreadNews } from "#lib/threads/thread-news.ts";
import { handoverFact, standbyFacts } from "#lib/threads/told-facts.ts";
import { receiptNews, writeEcho, writeHistory, writeMessages, writePostback } from "./messages.ts";
import type { Rules } from "./rules.ts";
import { settleByHistory } from "./settling.ts";
import { type EventRow, type Tables, type Thread, threadOf } from "./tables.ts";
import { extend, OUR_APP, refold } from "./thread.ts";

export type Source = { deliveryId: number; receivedAt: Date };
/** Its application fails until a newer version is there. */
export const POISON = "☠";
export class Poisoned extends Error {}

type PersonEvent = Exclude<KnownEvent, { psid: null }>;

export function applyRun(tables: Tables, run: EventRun, source: Source, now: number, rules: Rules): EventFate[] {
  const isConnected = tables.pages.get(run.pageId)?.isConnected ?? false;
  const claimed = new Map<string, EventRow>();
  const fates = run.events.map((event): EventFate => {
    const id = `${run.pageId} ${event.key}`;
    const before = claimed.get(id) ?? tables.events.get(id);
    const fate = rules.claim(event.kind, before, isConnected);
    if (fate !== "duplicate") claimed.set(id, rowOf(event, fate, before, source));
    return fate;
  });
  const fresh = run.events.filter((_, i) => fates[i] === "applied");
  // What fails here fails before anything is written, as a transaction that is rolled back.
  if (!tables.isRepaired && fresh.some(isPoisoned)) throw new Poisoned("This cannot be applied yet.");
  for (const [id, row] of claimed) tables.events.set(id, row);
  for (const { pageId, key } of fresh) {
    const id = `${pageId} ${key}`;
    tables.effects.set(id, (tables.effects.get(id) ?? 0) + 1);
  }
  const told = fresh.filter((event): event is PersonEvent => event.kind !== "unknown" && event.psid !== null);
  if (run.psid === null || told.length === 0) return fates;

  const thread = threadOf(tables, { pageId: run.pageId, psid: run.psid });
  extend(thread, record(thread, told, source, rules), now, rules);
  if (told.some(({ channel }) => channel === "history")) settleByHistory(thread, now, rules);
  if (told.some(({ kind }) => kind !== "delivery" && kind !== "read")) refold(tables, thread, now, rules);
  return fates;
}

/** Sets an event aside that could not be applied. */
export function park(tables: Tables, event: MetaEvent, source: Source, reason: string): void {
  const id = `${event.pageId} ${event.key}`;
  const before = tables.events.get(id);
  if (before !== undefined && before.state !== "waiting" && before.state !== "parked") return;
  tables.events.set(id, {
    ...(before ?? rowOf(event, "waiting", before, source)),
    state: "parked",
    stateReason: reason,
  });
}

function rowOf(
  event: MetaEvent,
  fate: Exclude<EventFate, "duplicate">,
  before: EventRow | undefined,
  source: Source,
): EventRow {
  const { pageId, key, kind, psid } = event;
  const stateReason = fate === "waiting" ? "page_not_connected" : null;
  return { pageId, key, kind, psid, ...source, ...before, state: fate, stateReason };
}

function isPoisoned(event: MetaEvent): boolean {
  return event.kind === "message" && (event.text?.includes(POISON) ?? false);
}

function record(thread: Thread, told: readonly PersonEvent[], source: Source, rules: Rules): ThreadNews[] {
  const isMessage = (event: PersonEvent) => event.kind === "message" && event.channel !== "history";
  const news = told.flatMap(asLeadEvent).map((event) => {
    const { key } = event;
    if (!thread.signals.has(key)) {
      thread.signals.set(key, { ...signalOf(event), leadId: null, receivedAt: source.receivedAt });
    }
    return signalNews(event);
  });
  news.push(...writeMessages(thread, told.filter(isMessage)));
  for (const event of told) news.push(recordOne(thread, event, rules), { facts: standbyFacts(event) });
  return news;
}

function asLeadEvent(event: PersonEvent): LeadEvent[] {
  if (event.kind === "lead_referral" || event.kind === "lead_summary") return [event];
  return event.kind === "handover" && event.lead !== null ? [{ ...event, lead: event.lead }] : [];
}

function recordOne(thread: Thread, event: PersonEvent, rules: Rules): ThreadNews {
  switch (event.kind) {
    case "handover":
      return { facts: [handoverFact(event)] };
    case "message":
      return event.channel === "history" ? writeHistory(thread, event, rules) : {};
    case "echo":
      return event.channel === "history" ? writeHistory(thread, event, rules) : writeEcho(thread, event, rules);
    case "postback":
      writePostback(thread, event);
      return postbackNews(event);
    case "thread_referral":
      return threadReferralNews(event);
    case "delivery":
    case "read":
      return receiptNews(event);
    case "reaction": {
      const { mid, emoji, at, key } = event;
      const before = thread.reactions.get(mid);
      const isNewer =
        before === undefined || at > before.at || (at.getTime() === before.at.getTime() && key > before.key);
      if (isNewer) thread.reactions.set(mid, { emoji, at, key });
      return reactionNews(event);
    }
    case "label": {
      const { key, name, isRemoval, at } = event;
      if (!thread.labels.has(key)) thread.labels.set(key, { key, name, isRemoval, at });
      return {};
    }
    case "conversation":
      if (event.isRead) thread.historyReadAt = rules.later(thread.historyReadAt, event.at);
      return event.isOurs === null
        ? {}
        : { facts: [ownerFact({ of: "is_owner", isOwner: event.isOurs }, event.at, OUR_APP)] };
    case "thread_owner":
      return { facts: [ownerFact({ of: "thread_owner", owner: event.owner }, event.at, OUR_APP)] };
    default:
      return {};
  }
}
