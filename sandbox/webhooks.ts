import { firstOf, ofOneKind, renderBody } from "./delivery-body.ts";
import { newNumber } from "./ids.ts";
import { type PostAnswer, postOnce } from "./post.ts";
import { randomFrom } from "./random.ts";
import { signature } from "./sign.ts";
import { noteAttempt } from "./subscriptions.ts";
import type { DeliveryRecord, Update, World } from "./world.ts";
import type { DeliveryView } from "./world-views.ts";

/**
 * Delivers updates to the product's webhook: in order, one delivery at a time, again and again until it is answered 200.
 * What waits is part of the world, so it survives restarts of either side.
 */
const KEPT_RECORDS = 200;
const RETRY_AFTER = [0, 0, 200, 500, 1000, 2000];
const LONGEST_WAIT = 4000;
const ONE_MOMENT = 2000;

export type Deliverer = {
  pump(): void;
  flush(): void;
  /** Until the queue is empty, up to `size` updates travel in one delivery. */
  hurry(size: number): void;
  /** Resolves true once nothing waits, false when the time is over. */
  idle(timeoutMs: number): Promise<boolean>;
  /** Notes what is never sent, so that the log shows it. */
  miss(update: Update, why: "lost" | "unwanted"): void;
  view(): DeliveryView;
  bodyOf(id: number): string | null;
  stop(): void;
};

export type DelivererOptions = {
  world: World;
  webhookUrl: string;
  appSecret: string;
  now(): number;
  onChange(): void;
};

export function createDeliverer({ world, webhookUrl, appSecret, now, onChange }: DelivererOptions): Deliverer {
  const bodies = new Map<number, string>();
  const waiting = new Set<() => void>();
  const random = randomFrom(`${world.seed}|${world.run}|shuffle`);
  let isRunning = false;
  let isStopped = false;
  let inFlight = 0;
  let delivered = 0;
  let failedAttempts = 0;
  /** Held updates up to this id may go: they were flushed. */
  let flushedUpTo = 0;
  let burst = 1;
  let wake: (() => void) | null = null;
  let delayed: NodeJS.Timeout | null = null;

  const mayGo = (update: Update) => !world.settings.hold || update.id <= flushedUpTo;

  /** What was flushed may go; what was dropped with its subscription may not. */
  const isStillWanted = (update: Update) => mayGo(update) && world.queue.some(({ id }) => id === update.id);
  const isDue = (update: Update) => update.id <= flushedUpTo || update.notBefore <= now();
  const isReady = (update: Update) => mayGo(update) && isDue(update);

  function nextUpdates(): Update[] {
    const size = Math.max(burst, world.settings.batch);
    if (!world.settings.shuffle) return ofOneKind(firstOf(world.queue, size, isReady));
    const ready = world.queue.filter(isReady);
    const drawn: Update[] = [];
    while (drawn.length < size && ready.length > 0) drawn.push(...ready.splice(random.int(ready.length), 1));
    return drawn.filter(({ object }) => object === drawn[0]?.object);
  }

  function pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, milliseconds);
      function done() {
        clearTimeout(timer);
        wake = null;
        resolve();
      }
      wake = done;
    });
  }

  /** Until it is accepted; a hold or a stop in between leaves it in the queue. */
  async function deliver(updates: readonly Update[]): Promise<boolean> {
    const body = renderBody(updates);
    const record: DeliveryRecord = {
      id: newNumber(world),
      at: now(),
      attempts: 0,
      status: null,
      isAccepted: false,
      bytes: body.length,
      signature: signature(body, appSecret),
      events: updates.map(({ what, channel, psid }) => ({ what, channel, psid })),
    };
    keep(record, body);
    while (!isStopped && (record.attempts === 0 || updates.every(isStillWanted))) {
      const begin = now();
      const answer = await attempt(body);
      record.attempts += 1;
      record.tookMs = now() - begin;
      record.status = answer.status;
      record.isAccepted = answer.status === 200;
      noteAttempt(world, record.isAccepted, now());
      onChange();
      if (record.isAccepted) return true;
      failedAttempts += 1;
      if (record.attempts === 3) console.error(`sandbox: delivery ${record.id} not accepted yet: ${answer.why}`);
      await pause(RETRY_AFTER[record.attempts] ?? LONGEST_WAIT);
    }
    return false;
  }

  async function attempt(body: string): Promise<PostAnswer> {
    if (world.settings.down) return { status: null, why: "told to be unreachable" };
    return postOnce(webhookUrl, body, { "x-hub-signature-256": signature(body, appSecret) });
  }

  function keep(record: DeliveryRecord, body: string): void {
    world.log.push(record);
    bodies.set(record.id, body);
    if (world.log.length <= KEPT_RECORDS) return;
    for (const old of world.log.splice(0, world.log.length - KEPT_RECORDS)) bodies.delete(old.id);
  }

  /** What is missed in one moment is one line. */
  function miss({ what, channel, psid }: Update, why: "lost" | "unwanted"): void {
    const last = world.log.at(-1);
    const event = { what, channel, psid };
    if (last?.missed === why && now() - last.at < ONE_MOMENT) {
      last.events.push(event);
    } else {
      const nothing = { attempts: 0, status: null, isAccepted: false, bytes: 0 };
      keep({ id: newNumber(world), at: now(), ...nothing, missed: why, events: [event] }, "");
    }
    onChange();
  }

  async function run(): Promise<void> {
    for (let updates = nextUpdates(); updates.length > 0 && !isStopped; updates = nextUpdates()) {
      inFlight = updates.length;
      if (!(await deliver(updates))) break;
      for (let again = 0; again < world.settings.repeat; again += 1) await deliver(updates);
      const ids = new Set(updates.map(({ id }) => id));
      world.queue = world.queue.filter(({ id }) => !ids.has(id));
      delivered += updates.length;
      inFlight = 0;
      onChange();
    }
    inFlight = 0;
    // What is held back is news too.
    onChange();
    if (world.queue.length === 0) burst = 1;
  }

  function pump(): void {
    wake?.();
    if (isRunning || isStopped) return;
    isRunning = true;
    // A moment's patience lets what happens together travel together when batches are allowed.
    setImmediate(() => {
      run().finally(() => {
        isRunning = false;
        for (const check of [...waiting]) check();
        if (isStopped) return;
        if (world.queue.some(isReady)) pump();
        else waitForDelayed();
      });
    });
  }

  /** What is late on order leaves when its time has come. */
  function waitForDelayed(): void {
    if (delayed !== null) clearTimeout(delayed);
    delayed = null;
    const times = world.queue.filter(mayGo).map(({ notBefore }) => notBefore);
    if (times.length === 0) return;
    const earliest = times.reduce((first, time) => Math.min(first, time));
    delayed = setTimeout(pump, Math.max(20, earliest - now()));
    delayed.unref();
  }

  return {
    pump,
    flush() {
      flushedUpTo = world.queue.reduce((highest, { id }) => Math.max(highest, id), flushedUpTo);
      pump();
    },
    hurry(size) {
      burst = size;
    },
    miss,
    idle(timeoutMs) {
      return new Promise((resolve) => {
        const isIdle = () => world.queue.length === 0 && !isRunning;
        const finish = (answer: boolean) => {
          clearTimeout(timer);
          waiting.delete(check);
          resolve(answer);
        };
        const check = () => {
          if (isIdle()) finish(true);
        };
        const timer = setTimeout(() => finish(false), timeoutMs);
        waiting.add(check);
        pump();
        check();
      });
    },
    view: () => ({
      to: webhookUrl,
      queued: world.queue.length,
      inFlight,
      delivered,
      failedAttempts,
      lost: world.lost,
      settings: { ...world.settings },
      tail: world.log.slice(-30),
    }),
    bodyOf: (id) => bodies.get(id) ?? null,
    stop() {
      isStopped = true;
      if (delayed !== null) clearTimeout(delayed);
      wake?.();
    },
  };
}
