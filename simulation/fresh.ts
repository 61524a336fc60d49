/** The same events, each once, in the order of Meta's clock: what any other way of telling them must end equal to. */
import { eventRuns } from "#lib/inbound/event-runs.ts";
import type { MetaEvent } from "#lib/messenger/meta-event.ts";
import { applyRun } from "./apply.ts";
import { rules } from "./rules.ts";
import { addMessage, createTables, type Delivery, type Tables, type Thread, threadOf } from "./tables.ts";
import { extend } from "./thread.ts";
import { open } from "./workers.ts";

/** Everything that was applied, told to empty tables at one stroke. What came of no event is there before. */
export function foldAfresh(tables: Tables, now: number): Tables {
  const fresh = createTables([...tables.pages.keys()]);
  fresh.isRepaired = true;
  for (const thread of tables.threads.values()) {
    const copy = threadOf(fresh, thread);
    copy.replies = thread.replies.map((reply) => ({ ...reply }));
    for (const { message } of thread.deeds) if (message !== null) addMessage(copy, { ...message });
    extend(
      copy,
      thread.deeds.map(({ news }) => news),
      now,
      rules,
    );
  }
  const told = tables.deliveries.flatMap((delivery) =>
    appliedOf(tables, delivery).map((event) => ({ event, delivery })),
  );
  told.sort((a, b) => a.event.at.getTime() - b.event.at.getTime() || (a.event.key < b.event.key ? -1 : 1));
  for (const { event, delivery } of told) {
    const source = { deliveryId: delivery.id, receivedAt: delivery.receivedAt };
    for (const run of eventRuns([event])) applyRun(fresh, run, source, now, rules);
  }
  return fresh;
}

function appliedOf(tables: Tables, delivery: Delivery): MetaEvent[] {
  const seen = new Set<string>();
  return (open(delivery) ?? []).filter(({ pageId, key }) => {
    const id = `${pageId} ${key}`;
    const row = tables.events.get(id);
    const isOwn = row?.state === "applied" && row.deliveryId === delivery.id && !seen.has(id);
    seen.add(id);
    return isOwn;
  });
}

/** Everything of a thread that may not depend on the order of its events. Ids do, and so does when something was asked. */
export function stateOf(thread: Thread): Record<string, unknown> {
  const { pageId, psid, leads, messages, signals, facts, labels, reactions, control } = thread;
  const { lastActionAt, lastOpener, firstAdMessageAt, probableActionAt, refusedAt, historyReadAt } = thread;
  const { lastInboundAt, lastOutboundAt, lastHumanReplyAt, deliveredWatermark, readWatermark } = thread;
  return {
    ...{ pageId, psid, control },
    ...{ lastActionAt, lastOpener, firstAdMessageAt, probableActionAt, refusedAt, historyReadAt },
    ...{ lastInboundAt, lastOutboundAt, lastHumanReplyAt, deliveredWatermark, readWatermark },
    leads: [...leads.values()]
      .map(({ run, reason }) => {
        const { outcome, adId, answers, at } = run;
        const keys = [...run.signals, ...run.weak].map(({ key }) => key).sort();
        return { outcome, reason, adId, answers, at, keys };
      })
      .sort((a, b) => a.at.getTime() - b.at.getTime() || (a.keys.join() < b.keys.join() ? -1 : 1)),
    messages: [...messages.values()].sort((a, b) => (a.mid < b.mid ? -1 : 1)),
    signals: [...signals.keys()].sort(),
    facts: [...facts.values()].sort((a, b) => (a.key < b.key ? -1 : 1)),
    labels: [...labels.keys()].sort(),
    reactions: [...reactions].sort(([a], [b]) => (a < b ? -1 : 1)),
  };
}
