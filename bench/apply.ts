import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { delivery, leadStory, STORY, sha256, threadOf } from "./bodies.ts";
import { install, PAGES } from "./installation.ts";
import { countWrong } from "./judge.ts";
import type { Options } from "./options.ts";
import { Product } from "./product.ts";
import { seeded } from "./random.ts";
import { forOthers, RECORDING, readTransactions, replay, type Statement } from "./recording.ts";
import { print, rounded } from "./report.ts";

/** As many as the worker's own. */
const CONNECTIONS = 3;
/** Some full transactions. */
const RECORDED = { from: 0, threads: 200 };
/** Meta's deliveries are small, and come mixed: this many events are under way at once. */
const SMALL = 20;
const UNDER_WAY = RECORDED.threads * STORY.events;

/**
 * Kept events of a fifth as many threads, applied by the worker, against the very statements it makes of them, said
 * again for other people by a plain client over as many connections before and after.
 */
export async function apply(options: Options): Promise<void> {
  const events = options.size("events", { small: 10_000, full: 50_000 });
  const perDelivery = options.size("per-delivery", { small: 100, full: 100 });
  const threads = Math.ceil(events / STORY.events);
  const product = new Product(await install());
  try {
    const kept = { perDelivery, seed: options.seed };
    const recorded = await record(product, kept);
    const unit = RECORDED.threads * STORY.events;
    // Each connection says as much as the others.
    const repetitions = CONNECTIONS * Math.ceil(events / 10 / unit / CONNECTIONS);
    const replayed = async (from: number) => {
      const cpu = product.cpu("database");
      const work = Array.from({ length: repetitions }, (_, i) => forOthers(recorded, from + i));
      const seconds = await replay(product.installation.databaseUrl, CONNECTIONS, work);
      return { seconds, cpu: product.cpu("database") - cpu };
    };

    await product.startDatabase();
    await keep(product, RECORDED.threads, threads, kept);
    await product.ask("ANALYZE");
    const before = await replayed(0);
    const worker = await applied(product);
    const after = await replayed(repetitions);

    const said = (2 * repetitions * unit) / (before.seconds + after.seconds);
    const rate = worker.events / worker.seconds;
    const perThread = (seconds: number, count: number) => rounded((seconds * 1_000 * STORY.events) / count);
    const people = Array.from({ length: threads }, (_, i) => threadOf(PAGES[0].id, RECORDED.threads + i).psid);
    const { tooMuch, tooLittle } = await countWrong(product, people);
    const wrong = tooMuch + tooLittle;
    print({
      name: "apply",
      size: { events, threads, "events per delivery": perDelivery, connections: CONNECTIONS },
      figures: [
        { name: "events applied /s", value: Math.round(rate), mark: "≥ 1,000", isMet: rate >= 1_000 },
        { name: "same statements by a plain client, events /s", value: Math.round(said) },
        { name: "ratio", value: rounded(rate / said), mark: "≥ 0.4", isMet: rate / said >= 0.4 },
        { name: "worker processor ms per thread's run", value: perThread(worker.workerCpu, worker.events) },
        { name: "database processor ms per thread's run", value: perThread(worker.databaseCpu, worker.events) },
        {
          name: "events per second of processor time",
          value: Math.round(worker.events / (worker.workerCpu + worker.databaseCpu)),
        },
        {
          name: "database processor ms, plain client's run",
          value: perThread(before.cpu + after.cpu, 2 * repetitions * unit),
        },
        { name: "statements per thread", value: rounded(recorded.flat().length / RECORDED.threads, 2) },
        { name: "transactions per thread", value: rounded(recorded.length / RECORDED.threads, 2) },
        { name: "threads that are not as told", value: wrong, mark: "0", isMet: wrong === 0 },
      ],
      notes: statementsByKind(recorded),
    });
  } finally {
    await product.end();
  }
}

/** How events are put into deliveries: in the order of their threads, or mixed where deliveries are small. */
type Kept = { perDelivery: number; seed: string };

/** The same for some threads under PostgreSQL's eyes. */
async function record(product: Product, kept: Kept): Promise<Statement[][]> {
  await product.startDatabase(RECORDING);
  await keep(product, RECORDED.from, RECORDED.threads, kept);
  product.startWorker();
  await untilApplied(product);
  await product.parts.worker.stop();
  await product.parts.database.stop();
  const people = Array.from({ length: RECORDED.threads }, (_, i) => threadOf(PAGES[0].id, i).psid);
  return readTransactions(product.installation.dataDir, people);
}

/** Written as the door keeps them, without the door. */
async function keep(product: Product, from: number, threads: number, { perDelivery, seed }: Kept): Promise<void> {
  // Late enough to be answered by themselves, were an ad to say so.
  const startedAt = Date.now() - 600_000;
  const items = Array.from({ length: threads }, (_, i) => leadStory(threadOf(PAGES[0].id, from + i), startedAt)).flat();
  const told = perDelivery > SMALL ? items : mixed(items, seed);
  const client = new pg.Client({ connectionString: product.installation.databaseUrl });
  await client.connect();
  try {
    await client.query("BEGIN");
    for (let start = 0; start < told.length; start += perDelivery) {
      const body = delivery(told.slice(start, start + perDelivery), startedAt);
      await client.query(
        `INSERT INTO raw_delivery (id, "receivedAt", body, sha256, headers) VALUES ($1, now(), $2, $3, '{}')`,
        [randomUUID(), body, sha256(body)],
      );
    }
    await client.query("COMMIT");
  } finally {
    await client.end();
  }
}

function mixed<T>(items: readonly T[], seed: string): T[] {
  const random = seeded(seed);
  const parts = Math.ceil(items.length / UNDER_WAY);
  return Array.from({ length: parts }, (_, i) =>
    random.shuffle(items.slice(i * UNDER_WAY, (i + 1) * UNDER_WAY)),
  ).flat();
}

type Applied = { events: number; seconds: number; workerCpu: number; databaseCpu: number };

/** From the first transaction that is seen to the last delivery that is done: the start of the process does not count. */
async function applied(product: Product): Promise<Applied> {
  const nodeArgs = (process.env.BENCH_WORKER_ARGS ?? "").split(" ").filter((arg) => arg !== "");
  const keptBefore = await countEvents(product);
  product.startWorker({ nodeArgs });
  let seen = keptBefore;
  while (seen === keptBefore) {
    await wait(50);
    seen = await countEvents(product);
  }
  const moment = () => ({
    seconds: performance.now() / 1_000,
    workerCpu: product.cpu("worker"),
    databaseCpu: product.cpu("database"),
  });
  const start = moment();
  await untilApplied(product);
  const end = moment();
  const events = (await countEvents(product)) - seen;
  await product.parts.worker.stop();
  return {
    events,
    seconds: end.seconds - start.seconds,
    workerCpu: end.workerCpu - start.workerCpu,
    databaseCpu: end.databaseCpu - start.databaseCpu,
  };
}

async function countEvents(product: Product): Promise<number> {
  const [row] = await product.ask<{ count: number }>("SELECT count(*)::int AS count FROM event");
  return row?.count ?? 0;
}

async function untilApplied(product: Product): Promise<void> {
  for (const until = Date.now() + 900_000; Date.now() < until; await wait(200)) {
    const [waiting] = await product.ask("SELECT FROM raw_delivery WHERE state = 'waiting' LIMIT 1");
    if (waiting === undefined) return;
  }
  throw new Error("The worker does not come to an end.");
}

/** Where to cut: what is said how often for one thread. */
function statementsByKind(recorded: readonly Statement[][]): string[] {
  const counts = new Map<string, number>();
  for (const { sql } of recorded.flat()) {
    const verb = /^\s*(\w+)/.exec(sql)?.[1]?.toUpperCase() ?? "";
    const table = /(?:FROM|INTO|UPDATE)\s+(?:"public"\.)?"?(\w+)"?/i.exec(sql)?.[1] ?? "";
    const kind = `${verb} ${table}`.trim();
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  const said = sorted.map(([kind, count]) => `${count} ${kind}`);
  return [`Statements for ${RECORDED.threads} threads: ${said.join(", ")}.`];
}
