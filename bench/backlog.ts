import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { openAsker, signIn } from "./agents.ts";
import { delivery, leadStory, newLead, STORY, sha256, threadOf } from "./bodies.ts";
import { openGraph } from "./graph.ts";
import { install, PAGES } from "./installation.ts";
import { countWrong, untilCalm } from "./judge.ts";
import type { Options } from "./options.ts";
import { sendSignal } from "./processes.ts";
import { Product } from "./product.ts";
import { seeded } from "./random.ts";
import { percentile, print, rounded, spread } from "./report.ts";
import { openScreen, type Screen } from "./screen.ts";
import { openSender, type Sender } from "./send.ts";

const PEOPLE = 300;
const BIG_EVENTS = 1_000;
const QUIET_MS = 15_000;
const FRESH_EVERY_MS = 1_000;
const LOOK_EVERY_MS = 250;
const KILLED_OVER = 2_000;
/** A lease is over by then, and whoever started the process again is long done. */
const AFTER_KILL_MS = 25_000;

/**
 * What agents notice while the worker makes good what waited through an outage: how quick their pages are, and how soon
 * somebody who writes now is on the screen. Then the worker is killed once, with deliveries in its hands.
 */
export async function backlog(options: Options): Promise<void> {
  const waiting = options.size("events", { small: 10_000, ci: 5_000, full: 50_000 });
  const installation = await install();
  const { appUrl } = installation;
  const product = new Product(installation);
  const graph = await openGraph(installation, seeded(options.seed));
  const sender = openSender(appUrl, 4);
  let closeScreen = async () => {};
  try {
    await product.startDatabase();
    await product.startWeb();
    product.startWorker();
    await keepStories(product, 0, PEOPLE, 100);
    await untilCalm(product, 120_000);
    const screen = await openScreen(appUrl);
    closeScreen = screen.close;
    const cookie = await signIn(appUrl);
    const leads = await product.ask<{ id: string }>("SELECT id FROM lead ORDER BY id LIMIT 50");
    const refs = leads.map(({ id }) => `${PAGES[0].id}.${id}`);
    await measure(appUrl, cookie, refs, wait(3_000));

    const quietFresh = postFresh(sender, screen, wait(QUIET_MS), 1);
    const quiet = await measure(appUrl, cookie, refs, wait(QUIET_MS));
    const beforehand = await quietFresh;

    await product.parts.worker.stop();
    const threads = Math.ceil(waiting / STORY.events);
    await keepStories(product, PEOPLE, threads, 1);
    await keepStories(product, PEOPLE + threads, BIG_EVENTS / STORY.events, BIG_EVENTS);
    const startedAt = performance.now();
    product.startWorker();
    const drained = untilCalm(product, 1_800_000);
    const freshShown = postFresh(sender, screen, drained, 2);
    const busy = await measure(appUrl, cookie, refs, drained);
    const seconds = (performance.now() - startedAt) / 1_000;
    const fresh = await freshShown;

    const told = PEOPLE + threads + BIG_EVENTS / STORY.events;
    await keepStories(product, told, KILLED_OVER / STORY.events, 1);
    const killedAt = await killHolding(product);
    const afterKill = await postFresh(sender, screen, wait(AFTER_KILL_MS), 3);
    await untilCalm(product, 1_800_000);
    const held = await product.ask<{ at: Date }>(
      `SELECT "openedAt" AS at FROM raw_delivery WHERE attempts > 1 AND "openedAt" > $1`,
      [killedAt],
    );
    const slowest = Math.max(...held.map(({ at }) => at.getTime() - killedAt.getTime()), ...afterKill.filter(isSeen));

    const people = Array.from({ length: told + KILLED_OVER / STORY.events }, (_, i) => threadOf(PAGES[0].id, i).psid);
    const { tooMuch, tooLittle } = await countWrong(product, people);
    const [left] = await product.ask<{ left: number }>(
      "SELECT count(*) FILTER (WHERE state <> 'opened')::int AS left FROM raw_delivery",
    );
    const unopened = left?.left ?? 0;
    const wrong = tooMuch + tooLittle;
    const ratio = (what: keyof Looks) => {
      const value = rounded(percentile(busy[what], 0.95) / percentile(quiet[what], 0.95));
      return { name: `${what}: p95 over p95 without backlog`, value, mark: "≤ 3", isMet: value <= 3 };
    };
    const never = [...beforehand, ...fresh, ...afterKill].filter((ms) => ms === null).length;
    print({
      name: "backlog",
      size: { "waiting events": waiting + BIG_EVENTS, people: people.length },
      figures: [
        { name: "seconds until nothing waited", value: rounded(seconds, 1) },
        { name: "events applied /s", value: Math.round((waiting + BIG_EVENTS) / seconds) },
        ...spread("page without backlog", quiet.page, [0.5, 0.95]),
        ...spread("page", busy.page, [0.5, 0.95]),
        ratio("page"),
        ...spread("changed leads without backlog", quiet.changed, [0.5, 0.95]),
        ...spread("changed leads", busy.changed, [0.5, 0.95]),
        ratio("changed"),
        ...spread("fresh lead on the screen without backlog", beforehand.filter(isSeen), [0.5, 0.95]),
        ...spread("fresh lead on the screen", fresh.filter(isSeen), [0.5]),
        ...spread("fresh lead on the screen", fresh.filter(isSeen), [0.95, 0.99], [2_000, 5_000]),
        { name: "fresh leads never seen", value: never, mark: "0", isMet: never === 0 },
        {
          name: "slowest on the screen around a killed worker, ms",
          value: Math.round(slowest),
          mark: "≤ 30,000",
          isMet: slowest <= 30_000,
        },
        { name: "deliveries not opened", value: unopened, mark: "0", isMet: unopened === 0 },
        { name: "threads that are not as told", value: wrong, mark: "0", isMet: wrong === 0 },
      ],
    });
  } finally {
    await closeScreen();
    sender.close();
    await product.end();
    await graph.close();
  }
}

const isSeen = (ms: number | null): ms is number => ms !== null;

/** One event a delivery: first everybody's first, then everybody's second; as the door would have kept them during the last hour. */
async function keepStories(product: Product, from: number, count: number, perDelivery: number): Promise<void> {
  const startedAt = Date.now() - 3_600_000;
  const stories = Array.from({ length: count }, (_, i) => leadStory(threadOf(PAGES[0].id, from + i), startedAt));
  const items = Array.from({ length: stories[0]?.length ?? 0 }, (_, part) =>
    stories.flatMap((story) => story[part] ?? []),
  ).flat();
  const bodies = Array.from({ length: Math.ceil(items.length / perDelivery) }, (_, i) =>
    delivery(items.slice(i * perDelivery, (i + 1) * perDelivery), startedAt),
  );
  const client = new pg.Client({ connectionString: product.installation.databaseUrl });
  await client.connect();
  try {
    for (let start = 0; start < bodies.length; start += 1_000) {
      const some = bodies.slice(start, start + 1_000);
      await client.query(
        `INSERT INTO raw_delivery (id, "receivedAt", body, sha256, headers)
         SELECT id, now() - interval '1 hour' * (1 - nr::float / $5), body, sha256, '{}'
         FROM unnest($1::uuid[], $2::bytea[], $3::bytea[], $4::int[]) AS kept (id, body, sha256, nr)`,
        [some.map(() => randomUUID()), some, some.map(sha256), some.map((_, i) => start + i), bodies.length],
      );
    }
    await client.query("ANALYZE");
  } finally {
    await client.end();
  }
}

/** How long an agent waits for the inbox and for rows that changed, in milliseconds. */
type Looks = { page: number[]; changed: number[] };

async function measure(
  appUrl: string,
  cookie: string,
  refs: readonly string[],
  until: Promise<unknown>,
): Promise<Looks> {
  const asker = openAsker(appUrl, cookie);
  let isOver = false;
  void until.finally(() => {
    isOver = true;
  });
  const looks: Looks = { page: [], changed: [] };
  while (!isOver) {
    looks.page.push(await asker.take("/leads"));
    looks.changed.push(await asker.take(`/api/leads/changed?refs=${refs.join(",")}`));
    await wait(LOOK_EVERY_MS);
  }
  asker.close();
  return looks;
}

/** A new lead each second; how long each took to be on the screen, null for one that never was. */
async function postFresh(
  sender: Sender,
  screen: Screen,
  until: Promise<unknown>,
  round: number,
): Promise<(number | null)[]> {
  let isOver = false;
  void until.finally(() => {
    isOver = true;
  });
  const posted = new Map<string, number>();
  while (!isOver) {
    const street = `Fresh ${round}.${posted.size}`;
    posted.set(street, Date.now());
    const thread = threadOf(PAGES[0].id, 1_000_000 * round + posted.size);
    if ((await sender.deliver(delivery([newLead(thread, Date.now(), street)], Date.now()))) !== 200) {
      throw new Error("A fresh lead was not taken.");
    }
    await wait(FRESH_EVERY_MS);
  }
  await wait(5_000);
  const seen = await screen.seen();
  return [...posted].map(([street, at]) => {
    const shownAt = seen.get(street);
    return shownAt === undefined ? null : shownAt - at;
  });
}

/** Ends the worker when it has deliveries in its hands; says when. */
async function killHolding(product: Product): Promise<Date> {
  for (const until = Date.now() + 30_000; Date.now() < until; await wait(5)) {
    const [row] = await product.ask<{ held: number }>(
      `SELECT count(*)::int AS held FROM raw_delivery WHERE state = 'waiting' AND "leaseUntil" > now()`,
    );
    const { pid } = product.parts.worker;
    if ((row?.held ?? 0) === 0 || pid === null) continue;
    sendSignal(pid, "SIGKILL");
    return new Date();
  }
  throw new Error("The worker takes nothing.");
}
