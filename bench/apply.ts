import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { delivery, leadStory, STORY, sha256, threadOf } from "./bodies.ts";
import { install, PAGES } from "./installation.ts";
import { countWrong } from "./judge.ts";
import type { Options } from "./options.ts";
import { Product } from "./product.ts";
import { forOthers, RECORDING, readTransactions, replay, type Statement } from "./recording.ts";
import { print, rounded } from "./report.ts";

/** As many as the worker's own. */
const CONNECTIONS = 3;
const RECORDED = { from: 0, threads: 20 };

/**
 * Kept events of a fifth as many threads, applied by the worker, against the very statements it makes of them, said
 * again for other people by a plain client over as many connections before and after.
 */
export async function apply(options: Options): Promise<void> {
  const events = options.size("events", { small: 5_000, full: 50_000 });
  const perDelivery = options.size("per-delivery", { small: 100, full: 100 });
  const threads = Math.ceil(events / STORY.events);
  const product = new Product(await install());
  try {
    const recorded = await record(product);
    const unit = RECORDED.threads * STORY.events;
    const repetitions = Math.max(3, Math.ceil(events / 10 / unit));
    const replayed = async (from: number) => {
      const cpu = product.cpu("database");
      const work = Array.from({ length: repetitions }, (_, i) => forOthers(recorded, from + i));
      const seconds = await replay(product.installation.databaseUrl, CONNECTIONS, work);
      return { seconds, cpu: product.cpu("database") - cpu };
    };

    await product.startDatabase();
    await keep(product, RECORDED.threads, threads, perDelivery);
    await product.ask("ANALYZE");
    const before = await replayed(0);
    const worker = await applied(product, Math.ceil(events / perDelivery), perDelivery);
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
        { name: "statements per thread's run", value: rounded(recorded.flat().length / RECORDED.threads, 1) },
        { name: "threads that are not as told", value: wrong, mark: "0", isMet: wrong === 0 },
      ],
      notes: statementsByKind(recorded),
    });
  } finally {
    await product.end();
  }
}

/** One delivery of some threads under PostgreSQL's eyes. */
async function record(product: Product): Promise<Statement[][]> {
  await product.startDatabase(RECORDING);
  await keep(product, RECORDED.from, RECORDED.threads, RECORDED.threads * STORY.events);
  product.startWorker();
  await untilApplied(product, () => undefined);
  await product.parts.worker.stop();
  await product.parts.database.stop();
  const people = Array.from({ length: RECORDED.threads }, (_, i) => `m_${threadOf(PAGES[0].id, i).psid}_1`);
  return readTransactions(product.installation.dataDir, people);
}

/** Written as the door keeps them, without the door. */
async function keep(product: Product, from: number, threads: number, perDelivery: number): Promise<void> {
  const startedAt = Date.now() - 3_600_000;
  const items = Array.from({ length: threads }, (_, i) => leadStory(threadOf(PAGES[0].id, from + i), startedAt)).flat();
  const client = new pg.Client({ connectionString: product.installation.databaseUrl });
  await client.connect();
  try {
    await client.query("BEGIN");
    for (let start = 0; start < items.length; start += perDelivery) {
      const body = delivery(items.slice(start, start + perDelivery), startedAt);
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

type Applied = { events: number; seconds: number; workerCpu: number; databaseCpu: number };

/** From the first delivery that is done to the last: the start of the process does not count. */
async function applied(product: Product, deliveries: number, perDelivery: number): Promise<Applied> {
  const nodeArgs = (process.env.BENCH_WORKER_ARGS ?? "").split(" ").filter((arg) => arg !== "");
  product.startWorker({ nodeArgs });
  let first: { at: number; left: number; workerCpu: number; databaseCpu: number } | null = null;
  const cpu = () => ({ workerCpu: product.cpu("worker"), databaseCpu: product.cpu("database") });
  await untilApplied(product, (left) => {
    if (left < deliveries) first ??= { at: performance.now(), left, ...cpu() };
  });
  const end = cpu();
  const started = first ?? { at: performance.now(), left: deliveries, workerCpu: 0, databaseCpu: 0 };
  const seconds = (performance.now() - started.at) / 1_000;
  await product.parts.worker.stop();
  return {
    events: started.left * perDelivery,
    seconds,
    workerCpu: end.workerCpu - started.workerCpu,
    databaseCpu: end.databaseCpu - started.databaseCpu,
  };
}

/** Tells how many deliveries still wait, a few times a second. */
async function untilApplied(product: Product, tell: (left: number) => void): Promise<void> {
  const client = new pg.Client({ connectionString: product.installation.databaseUrl });
  await client.connect();
  try {
    for (const until = Date.now() + 900_000; Date.now() < until; await wait(100)) {
      const { rows } = await client.query<{ left: number }>(
        "SELECT count(*)::int AS left FROM raw_delivery WHERE state = 'waiting'",
      );
      const left = rows[0]?.left ?? 0;
      tell(left);
      if (left === 0) return;
    }
    throw new Error("The worker does not come to an end.");
  } finally {
    await client.end();
  }
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
  const said = sorted.map(([kind, count]) => `${(count / RECORDED.threads).toFixed(1)} ${kind}`);
  return [`Statements per thread's run: ${said.join(", ")}.`];
}
