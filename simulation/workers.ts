/**
 * The workers' jobs, step by step: wherever one yields, its process may be killed, stopped for minutes, or another one
 * comes between. Each transaction is one step that commits as a whole or not at all, and whose answer may be lost.
 */
import { type EventRun, eventRuns } from "#lib/inbound/event-runs.ts";
import type { MetaEvent } from "#lib/messenger/meta-event.ts";
import { readHistory } from "#lib/messenger/read-history.ts";
import { readWebhook } from "#lib/messenger/read-webhook.ts";
import type { SendOutcome } from "#lib/messenger/send-message.ts";
import { ECHO_WAIT_MINUTES } from "#lib/threads/reply.ts";
import { applyRun, Poisoned, park, type Source } from "./apply.ts";
import { keep } from "./meta.ts";
import { LEASE, leaseReply, settleLost, settleReply } from "./settling.ts";
import { DAY, MINUTE, SECOND } from "./spans.ts";
import type { Delivery, Thread } from "./tables.ts";
import { refold } from "./thread.ts";
import type { World } from "./world.ts";

/** How a step goes: the database may refuse it, or commit and be gone before it says so. */
export type Luck = "good" | "refused" | "answer lost";
/** Yields how long the step takes at least; true when there was something to do. */
export type Job = Generator<number, boolean, Luck>;
/** When there is work next; null while there is none in sight. */
export type Work = {
  name: string;
  lanes: number;
  due: (world: World) => number | null;
  job: (world: World, lane: number) => Job;
};

/** The database failed, not what was done with it. */
export class Outage extends Error {}

function* transaction<T>(run: () => T): Generator<number, T, Luck> {
  const luck = yield 1;
  if (luck === "refused") throw new Outage("refused");
  const result = run();
  if (luck === "answer lost") throw new Outage("answer lost");
  return result;
}

const pauseOf = ({ attempts }: Delivery) => (2 ** Math.min(Math.max(attempts - 3, 0), 10) - 1) * SECOND;
const dueAt = (row: Delivery) =>
  row.leaseUntil === null ? row.receivedAt.getTime() : row.leaseUntil + pauseOf(row) + 1;

function soonest(times: readonly number[]): number | null {
  return times.length === 0 ? null : Math.min(...times);
}

function* applyDeliveries(world: World, lane: number): Job {
  const { tables, rules } = world;
  const delivery = yield* transaction(() => {
    const due = tables.deliveries.filter((row) => row.state === "waiting" && dueAt(row) <= world.now);
    const row = lane % 2 === 0 ? due[0] : due.at(-1);
    if (row === undefined) return null;
    Object.assign(row, { leaseUntil: world.now + LEASE, leaseNumber: row.leaseNumber + 1, attempts: row.attempts + 1 });
    return { row, leaseNumber: row.leaseNumber, attempts: row.attempts };
  });
  if (delivery === null) return false;
  const { row, leaseNumber } = delivery;
  const events = open(row);
  const holds = () => row.state === "waiting" && rules.isFenceHeld(leaseNumber, row.leaseNumber);
  const source = { deliveryId: row.id, receivedAt: row.receivedAt };
  let failure: unknown = null;
  let renewedAt = world.now;
  for (const run of eventRuns(events ?? [])) {
    if (world.now - renewedAt > 5 * SECOND) {
      const isHeld = yield* transaction(() => {
        if (holds()) row.leaseUntil = world.now + LEASE;
        return holds();
      });
      if (!isHeld) return true;
      renewedAt = world.now;
    }
    try {
      yield* applyOrPark(world, run, source, delivery.attempts >= 20);
    } catch (cause) {
      failure ??= cause;
    }
  }
  const finish =
    failure === null
      ? { state: events === null ? "unreadable" : "opened", leaseUntil: null }
      : { leaseUntil: world.now };
  yield* transaction(() => {
    if (!holds()) return;
    if (leaseNumber !== row.leaseNumber) tables.unfenced.push(`delivery ${row.id} by lease ${leaseNumber}`);
    Object.assign(row, finish);
  });
  if (failure !== null) throw failure;
  return true;
}

/** As production reads kept bytes: by where they came from. */
export function open({ source, body, receivedAt }: Delivery): MetaEvent[] | null {
  return source === "history" ? readHistory(body) : (readWebhook(body, receivedAt)?.events ?? null);
}

function* applyOrPark(world: World, run: EventRun, source: Source, isLast: boolean): Generator<number, void, Luck> {
  for (let tried = 1; ; tried += 1) {
    try {
      const fates = yield* transaction(() => applyRun(world.tables, run, source, world.now, world.rules));
      return world.log(
        "worker",
        `${run.psid ?? "page"}: ${run.events.map(({ kind, key }, i) => `${fates[i]} ${kind} ${key.slice(-12)}`).join(", ")}`,
      );
    } catch (cause) {
      if (!(cause instanceof Poisoned) && !(cause instanceof Outage)) throw cause;
      yield* transaction(() => true);
      if (tried < 3) continue;
      if (!isLast && cause instanceof Outage) throw cause;
      if (run.events.length > 1) {
        for (const event of run.events) yield* applyOrPark(world, { ...run, events: [event] }, source, isLast);
        return;
      }
      for (const event of run.events) yield* transaction(() => park(world.tables, event, source, cause.message));
      return world.log("worker", `parks ${run.events.map(({ key }) => key).join()}`);
    }
  }
}

/** What came before its page was connected, and what is to be applied again. */
function* applyWaiting(world: World): Job {
  const { tables } = world;
  const waiting = yield* transaction(() => waitingEvents(world));
  const byDelivery = Map.groupBy(waiting.slice(0, 50), ({ deliveryId }) => deliveryId);
  for (const [deliveryId, rows] of byDelivery) {
    const delivery = tables.deliveries[deliveryId];
    if (delivery === undefined) continue;
    const keys = new Set(rows.map(({ pageId, key }) => `${pageId} ${key}`));
    const events = (open(delivery) ?? []).filter(({ pageId, key }) => keys.has(`${pageId} ${key}`));
    for (const run of eventRuns(events)) {
      yield* applyOrPark(world, run, { deliveryId, receivedAt: delivery.receivedAt }, false);
    }
  }
  return waiting.length > 0;
}

function waitingEvents({ tables }: World) {
  return [...tables.events.values()].filter(
    ({ state, pageId }) => state === "waiting" && tables.pages.get(pageId)?.isConnected === true,
  );
}

function* sendReply(world: World): Job {
  const { tables, rules, meta } = world;
  const takenAt = world.now;
  const leased = yield* transaction(() => leaseReply(tables, world.now, rules));
  if (leased === null) return false;
  if (leased === "refused") return true;
  // Whose name it leaves under is asked first; that may take a while.
  yield world.fails(0.04) ? world.random.between(SECOND, 25 * SECOND) : 5;
  let result: SendOutcome = { outcome: "not-sent" };
  if (rules.mayStillLeave(takenAt, world.now)) {
    const { pageId, psid, text, metadata, id, leaseUntil } = leased.reply;
    const isHeld = leased.reply.leaseNumber === leased.leaseNumber && leaseUntil !== null && leaseUntil >= world.now;
    if (!isHeld) tables.unfenced.push(`reply ${id} left by lease ${leased.leaseNumber}`);
    result = meta.receive({ pageId, psid, text, metadata });
    world.log("sender", `${id} → ${result.outcome}`);
  }
  yield result.outcome === "unclear" ? 8 * SECOND : world.random.between(50, 900);
  // An answer that cannot be written down is tried again by nobody: the lease ends.
  yield* transaction(() => settleReply(leased, result, world.now, rules));
  // The leads of its thread are made anew.
  yield* transaction(() => refold(tables, leased.thread, world.now, rules));
  return true;
}

/** What Meta's history says of a thread, kept like a delivery. What stayed unknown for a quarter of an hour is looked up. */
function* refreshThread(world: World): Job {
  const { tables, meta } = world;
  const thread = yield* transaction(() => {
    const due = [...tables.threads.values()].find(
      ({ refreshDueAt }) => refreshDueAt !== null && refreshDueAt <= world.now,
    );
    if (due !== undefined)
      Object.assign(due, { refreshDueAt: world.now + 2 * MINUTE, refreshTries: due.refreshTries + 1 });
    return due;
  });
  if (thread === undefined) return false;
  const tries = thread.refreshTries;
  yield world.random.between(100, 2 * SECOND);
  const told = meta.history(thread, new Set(thread.messages.keys()));
  if (told !== null) keep(world, "history", told);
  yield* transaction(() => {
    if (thread.refreshTries !== tries) return;
    const isOver = told !== null || tries >= 6;
    const next = isOver
      ? { refreshDueAt: null, refreshTries: 0 }
      : { refreshDueAt: world.now + MINUTE * 4 ** (tries - 1) };
    Object.assign(thread, next);
  });
  return true;
}

/** Threads whose unclear replies should have had their echo by then, and when that is: for a day a history is asked for. */
function lookUps({ tables, now }: World): [Thread, number][] {
  return [...tables.threads.values()].flatMap((thread) => {
    if (thread.refreshDueAt !== null) return [];
    return thread.replies.flatMap(({ state, settledAt }): [Thread, number][] => {
      if (state !== "unknown" || settledAt === null || now - settledAt.getTime() > DAY) return [];
      const at = settledAt.getTime() + ECHO_WAIT_MINUTES * MINUTE;
      const isRead = thread.historyReadAt !== null && thread.historyReadAt.getTime() >= at;
      return isRead ? [] : [[thread, at]];
    });
  });
}

export const works: readonly Work[] = [
  {
    name: "apply",
    lanes: 3,
    due: ({ tables }) => soonest(tables.deliveries.filter(({ state }) => state === "waiting").map(dueAt)),
    job: applyDeliveries,
  },
  {
    name: "waiting",
    lanes: 1,
    due: (world) => (waitingEvents(world).length > 0 ? world.now + MINUTE : null),
    job: applyWaiting,
  },
  {
    name: "send",
    lanes: 2,
    due: ({ tables }) =>
      soonest(
        [...tables.threads.values()].flatMap(({ replies }) =>
          replies.some(({ state }) => state === "sending")
            ? []
            : replies.filter(({ state }) => state === "queued").map(({ sendAfter }) => sendAfter.getTime()),
        ),
      ),
    job: sendReply,
  },
  {
    name: "lost",
    lanes: 1,
    due: ({ tables }) =>
      soonest(
        [...tables.threads.values()].flatMap(({ replies }) =>
          replies.flatMap(({ state, leaseUntil }) =>
            state === "sending" && leaseUntil !== null ? [leaseUntil + 1] : [],
          ),
        ),
      ),
    job: function* (world) {
      yield* transaction(() => settleLost(world.tables, world.now, world.rules));
      return true;
    },
  },
  {
    name: "look up",
    lanes: 1,
    due: (world) => soonest(lookUps(world).map(([, at]) => at)),
    job: function* (world) {
      yield* transaction(() => {
        for (const [thread, at] of lookUps(world)) {
          if (at <= world.now) Object.assign(thread, { refreshDueAt: world.now, refreshTries: 0 });
        }
      });
      return true;
    },
  },
  {
    name: "refresh",
    lanes: 1,
    due: ({ tables }) => soonest([...tables.threads.values()].flatMap(({ refreshDueAt }) => refreshDueAt ?? [])),
    job: refreshThread,
  },
];
