import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { delivery, leadStory, message, threadOf } from "./bodies.ts";
import { openGraph } from "./graph.ts";
import { install, PAGES } from "./installation.ts";
import type { Options } from "./options.ts";
import { Product } from "./product.ts";
import { seeded } from "./random.ts";
import { type Figure, percentile, print, rounded } from "./report.ts";
import { openSender } from "./send.ts";

const AGENTS = 10;
const LEADS = 50;
const LARGE_EVERY_MS = 2_000;
const LARGE_EVENTS = 1_000;

/** `late`: how long after its time it left; this bench's own fault, and part of `ms`. */
type Answered = { sha256: string; status: number; ms: number; late: number };

/**
 * How long Meta waits for its answer while ten agents work: each has the inbox open, follows what changes, and goes
 * from page to page. Deliveries leave at their time whether the last one was answered or not, and are timed from
 * then on; every two seconds a thousand events come in one.
 */
export async function answers(options: Options): Promise<void> {
  const rate = options.size("rate", { small: 300, ci: 150, full: 300 });
  const seconds = options.size("seconds", { small: 20, ci: 30, full: 60 });
  const product = new Product(await install());
  const { appUrl } = product.installation;
  const graph = await openGraph(product.installation, seeded(options.seed));
  const sender = openSender(appUrl, 256);
  try {
    await product.startDatabase();
    await product.startWeb();
    product.startWorker();
    const first = Math.max(rate, 5 * LEADS);
    const bodies = makeBodies(rate * seconds + first);
    const large = Array.from({ length: Math.ceil((seconds * 1_000) / LARGE_EVERY_MS) + 1 }, (_, i) => makeLarge(i));
    await Promise.all([...bodies.splice(0, first), ...large.splice(0, 1)].map((body) => sender.deliver(body)));
    await untilLeads(product);
    const agents = await openAgents(product);

    const cpu = { web: product.cpu("web"), worker: product.cpu("worker"), database: product.cpu("database") };
    const queued = waitedSeconds(product);
    const send = timed(sender.deliver);
    const [single, thousand] = await Promise.all([
      inTime(bodies, 1_000 / rate, send),
      inTime(large, LARGE_EVERY_MS, send),
    ]);
    const pages = await agents.stop();
    const spent = (part: keyof typeof cpu): Figure => ({
      name: `${part}: processors used`,
      value: rounded((product.cpu(part) - cpu[part]) / seconds),
    });
    const all = [...single, ...thousand];
    const late = single.map((one) => one.late);
    const missing = await countMissing(product, all);
    const failed = all.filter(({ status }) => status !== 200).length;
    print({
      name: "answers",
      size: { "deliveries /s": rate, seconds, agents: AGENTS, thousands: large.length },
      figures: [
        ...spread("answer", single, { p50: 25, p99: 250, p100: 2_000 }),
        ...spread("1,000 events", thousand, { p99: 600 }),
        { name: "of it, left late: p50 ms", value: rounded(percentile(late, 0.5), 1) },
        { name: "of it, left late: p99 ms", value: rounded(percentile(late, 0.99), 1) },
        { name: "pages opened", value: pages.length },
        { name: "page p50 ms", value: Math.round(percentile(pages, 0.5)) },
        { name: "page p95 ms", value: Math.round(percentile(pages, 0.95)) },
        spent("web"),
        { name: "web: processors waited for", value: rounded((waitedSeconds(product) - queued) / seconds) },
        spent("worker"),
        spent("database"),
        // Time alone: a machine with more to do may have to put deliveries off, and Meta brings them again.
        { name: "not answered 200", value: failed, mark: "none", isMet: failed === 0 },
        { name: "answered 200 and not kept", value: missing, mark: "0", isMet: missing === 0 },
      ],
    });
  } finally {
    sender.close();
    await product.end();
    await graph.close();
  }
}

/** Leads as they come, each in five deliveries of one event. */
function makeBodies(count: number): Buffer[] {
  return Array.from({ length: count }, (_, i) => {
    const now = Date.now();
    const story = leadStory(threadOf(PAGES[0].id, Math.floor(i / 5)), now);
    return delivery(story.slice(i % 5, (i % 5) + 1), now);
  });
}

function makeLarge(number: number): Buffer {
  const events = Array.from({ length: LARGE_EVENTS }, (_, i) =>
    message(threadOf(PAGES[1].id, i), Date.now(), `m_large_${number}_${i}`, `Message ${i} of ${number}`),
  );
  return delivery(events, Date.now());
}

function timed(deliver: (body: Buffer) => Promise<number>): (body: Buffer, dueAt: number) => Promise<Answered> {
  return async (body, dueAt) => {
    const late = performance.now() - dueAt;
    const status = await deliver(body);
    return { late, status, ms: performance.now() - dueAt, sha256: createHash("sha256").update(body).digest("hex") };
  };
}

/** Each at its time, whatever became of the last one. */
async function inTime(
  bodies: readonly Buffer[],
  everyMs: number,
  send: (body: Buffer, dueAt: number) => Promise<Answered>,
): Promise<Answered[]> {
  const startedAt = performance.now();
  const sent: Promise<Answered>[] = [];
  for (const [index, body] of bodies.entries()) {
    const dueAt = startedAt + index * everyMs;
    const early = dueAt - performance.now();
    if (early > 0) await wait(early);
    sent.push(send(body, dueAt));
  }
  return Promise.all(sent);
}

/** Ten people at work, see browsing.ts. */
async function openAgents(product: Product): Promise<{ stop: () => Promise<number[]> }> {
  const { appUrl } = product.installation;
  const rows = await product.ask<{ ref: string }>(`SELECT "pageId" || '.' || id AS ref FROM lead LIMIT ${LEADS}`);
  const workerData = { appUrl, refs: rows.map(({ ref }) => ref) };
  const thread = new Worker(new URL("./browsing.ts", import.meta.url), { workerData });
  await once(thread, "message");
  return {
    stop: async () => {
      thread.postMessage("stop");
      const [times]: number[][] = await once(thread, "message");
      await thread.terminate();
      return times ?? [];
    },
  };
}

/** How long web was ready to run and no processor was free: what the answers took because of others on this machine. */
function waitedSeconds(product: Product): number {
  const [, waited] = readFileSync(`/proc/${product.parts.web.pid}/schedstat`, "utf8").split(" ");
  return Number(waited) / 1e9;
}

async function countMissing(product: Product, all: readonly Answered[]): Promise<number> {
  const rows = await product.ask<{ sha256: string }>("SELECT encode(sha256, 'hex') AS sha256 FROM raw_delivery");
  const kept = new Set(rows.map(({ sha256 }) => sha256));
  return all.filter(({ status, sha256 }) => status === 200 && !kept.has(sha256)).length;
}

function spread(name: string, answered: readonly Answered[], most: Record<string, number>): Figure[] {
  const times = answered.map(({ ms }) => ms);
  return Object.entries(most).map(([part, limit]) => {
    const value = rounded(percentile(times, Number(part.slice(1)) / 100), 1);
    return { name: `${name} ${part === "p100" ? "max" : part} ms`, value, mark: `≤ ${limit}`, isMet: value <= limit };
  });
}

/** Something to browse. */
async function untilLeads(product: Product): Promise<void> {
  for (const until = Date.now() + 120_000; Date.now() < until; await wait(250)) {
    const [row] = await product.ask<{ leads: number }>("SELECT count(*)::int AS leads FROM lead");
    if (row !== undefined && row.leads >= LEADS) return;
  }
  throw new Error("No lead arrives.");
}
