/** What production's transactions do to a thread: its clocks, who holds it, its leads. */
import { checkFolded } from "#lib/leads/invariants.ts";
import { leavesOpen } from "#lib/threads/control.ts";
import { checkThread } from "#lib/threads/invariants.ts";
import { joinNews, type ThreadNews } from "#lib/threads/thread-news.ts";
import type { Rules } from "./rules.ts";
import { type Deed, newRowId, type Tables, type Thread } from "./tables.ts";

export const OUR_APP = "1122334455667788";

const clocks = [
  "firstAdMessageAt",
  "lastInboundAt",
  "lastOutboundAt",
  "lastHumanReplyAt",
  "deliveredWatermark",
  "readWatermark",
  "refusedAt",
] as const;

export function extend(thread: Thread, all: readonly ThreadNews[], now: number, rules: Rules): void {
  const news = joinNews(all);
  for (const fact of news.facts ?? []) if (!thread.facts.has(fact.key)) thread.facts.set(fact.key, fact);
  for (const clock of clocks) thread[clock] = rules.later(thread[clock], news[clock] ?? null);
  if (news.lastAction !== undefined) {
    const { at, opener } = news.lastAction;
    const before = thread.lastActionAt?.getTime() ?? Number.NEGATIVE_INFINITY;
    if (at.getTime() > before) thread.lastOpener = opener;
    else if (at.getTime() === before && thread.lastOpener !== null && opener < thread.lastOpener) {
      thread.lastOpener = opener;
    }
    thread.lastActionAt = rules.later(thread.lastActionAt, at);
  }
  const before = thread.control;
  thread.control = rules.foldControl([...thread.facts.values()], OUR_APP, thread.lastInboundAt);
  checkThread(thread, thread.control, [...thread.facts.values()]);
  const isDueAnyway = thread.refreshDueAt !== null && thread.refreshDueAt <= now;
  if (leavesOpen(before, thread.control) && !isDueAnyway) Object.assign(thread, { refreshDueAt: now, refreshTries: 0 });
}

/** What came of no event: kept, so that the whole can be told afresh. */
export function extendByDeed(thread: Thread, deed: Deed, now: number, rules: Rules): void {
  thread.deeds.push(deed);
  extend(thread, [deed.news], now, rules);
  thread.isStale = true;
}

export function evidenceOf(thread: Thread) {
  const { signals, labels, signs, facts, messages, leads } = thread;
  const said = [...messages.values()];
  return {
    signals: [...signals.values()],
    labels: [...labels.values()],
    signs: [...signs].map(([key, leadId]) => ({ key, leadId })),
    facts: [...facts.values()],
    heard: said
      .filter(({ direction }) => direction === "in")
      .map(({ mid, sentAt, text }) => ({ mid, at: sentAt, text })),
    sends: said
      .filter(({ direction, appId, replyId }) => direction === "out" && (appId === OUR_APP || replyId !== null))
      .map(({ sentAt }) => sentAt),
    leads: [...leads.values()],
    answered: [],
  };
}

/** Makes the leads of a thread anew, and writes what differs. */
export function refold(tables: Tables, thread: Thread, now: number, rules: Rules): void {
  thread.isStale = false;
  const newId = () => newRowId(tables);
  const evidence = evidenceOf(thread);
  const folded = rules.foldThread(evidence, { ourAppId: OUR_APP, now: new Date(now), newId });
  if (folded === null) return;
  checkFolded(folded, evidence);
  for (const { id, run, reason, absorbed, news } of folded.leads) {
    const createdAt = thread.leads.get(id)?.createdAt ?? new Date(now);
    thread.leads.set(id, { id, run, reason, createdAt });
    tables.shown.set(id, thread);
    for (const key of rules.remembers ? news.strong : []) {
      const signal = thread.signals.get(key);
      if (signal !== undefined) signal.leadId = id;
    }
    for (const key of rules.remembers ? news.weak : []) thread.signs.set(key, id);
    joinInto(thread, id, absorbed);
  }
  const last = folded.leads.at(-1);
  if (last !== undefined) joinInto(thread, last.id, folded.unplaced);
  thread.probableActionAt = folded.probableActionAt;
  const until = folded.probableActionAt?.getTime() ?? null;
  const isRead = until === null || (thread.historyReadAt !== null && thread.historyReadAt.getTime() >= until);
  if (!isRead && thread.refreshDueAt === null) Object.assign(thread, { refreshDueAt: now, refreshTries: 0 });
}

function joinInto(thread: Thread, id: string, former: readonly string[]): void {
  for (const gone of former) {
    thread.leads.delete(gone);
    for (const signal of thread.signals.values()) if (signal.leadId === gone) signal.leadId = id;
    for (const [key, leadId] of thread.signs) if (leadId === gone) thread.signs.set(key, id);
    for (const [alias, target] of thread.aliases) if (target === gone) thread.aliases.set(alias, id);
    thread.aliases.set(gone, id);
  }
}
