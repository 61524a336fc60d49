import { createHash } from "node:crypto";
import { get, type IncomingMessage, request } from "node:http";
import { expect, test } from "@playwright/test";
import pg from "pg";
import { signIn } from "../bench/agents.ts";
import { delivery, leadStory, message, signature, threadOf } from "../bench/bodies.ts";
import { install, PAGES } from "../bench/installation.ts";
import { isAlive, sendSignal } from "../bench/processes.ts";
import { Product } from "../bench/product.ts";

/** The real processes, asked to end in the middle of their work: what `npm start` gives them is ten seconds. */
const WITHIN_MS = 10_000;
const DOOR = "/api/messenger/webhook";

let product: Product;
const promised = new Set<string>();

test.beforeAll(async () => {
  test.setTimeout(300_000);
  product = new Product(await install());
  await product.startDatabase();
  await product.startWeb();
});
test.afterAll(() => product?.end());

test("web ends its streams and answers the deliveries under way, and what it answered is kept", async () => {
  const { appUrl } = product.installation;
  const streams = await openStreams(3);
  const pid = product.parts.web.pid ?? 0;

  // Half of a body arrived …
  const halves = Array.from({ length: 10 }, (_, i) => sendHalf(oneMessage(`half-${i}`)));
  // … and whole ones whose commit waits for somebody who holds the table.
  const other = new pg.Client({ connectionString: product.installation.databaseUrl });
  await other.connect();
  await other.query("BEGIN; LOCK TABLE raw_delivery IN ACCESS EXCLUSIVE MODE");
  const held = Array.from({ length: 20 }, (_, i) => deliver(oneMessage(`held-${i}`)));
  await expect.poll(() => waitingForLocks()).toBeGreaterThan(0);

  const askedAt = Date.now();
  sendSignal(pid, "SIGTERM");
  await Promise.all(streams.map(({ ended }) => ended));
  expect(isAlive(pid)).toBe(true);
  await other.query("ROLLBACK");
  await other.end();
  const late = deliver(oneMessage("late"));
  const finished = halves.map(({ finish }) => finish());
  expect(await Promise.all([...held, ...finished])).toEqual([...held, ...finished].map(() => 200));
  expect([0, 200]).toContain(await late);

  await expect.poll(() => isAlive(pid), { timeout: WITHIN_MS }).toBe(false);
  expect(Date.now() - askedAt).toBeLessThan(WITHIN_MS);
  expect(await missing()).toEqual([]);
  await expect.poll(() => isHealthy(appUrl), { timeout: 30_000 }).toBe(true);
});

test("web loses nothing it answered when it is asked to end under load, again and again", async () => {
  test.setTimeout(180_000);
  const { appUrl } = product.installation;
  for (let round = 0; round < 3; round += 1) {
    await expect.poll(() => isHealthy(appUrl), { timeout: 30_000 }).toBe(true);
    await openStreams(3);
    const pid = product.parts.web.pid ?? 0;
    let isOver = false;
    const lanes = Array.from({ length: 16 }, async (_, lane) => {
      for (let n = 0; !isOver; n += 1) {
        expect([0, 200]).toContain(await deliver(oneMessage(`load-${round}-${lane}-${n}`)));
      }
    });
    const before = promised.size;
    await expect.poll(() => promised.size).toBeGreaterThan(before + 100);
    sendSignal(pid, "SIGTERM");
    await expect.poll(() => isAlive(pid), { timeout: WITHIN_MS, intervals: [50] }).toBe(false);
    isOver = true;
    await Promise.all(lanes);
    expect(await missing()).toEqual([]);
  }
});

test("the worker ends in the middle of its work, and the next one goes on at once", async () => {
  test.setTimeout(180_000);
  await expect.poll(() => isHealthy(product.installation.appUrl), { timeout: 30_000 }).toBe(true);
  const stories = Array.from({ length: 60 }, (_, i) => leadStory(threadOf(PAGES[0].id, 10_000 + i), Date.now()));
  for (const story of stories) expect(await deliver(delivery(story, Date.now()))).toBe(200);
  product.startWorker();
  await expect.poll(() => count("SELECT count(*)::int AS n FROM event WHERE state = 'applied'")).toBeGreaterThan(10);

  const pid = product.parts.worker.pid ?? 0;
  sendSignal(pid, "SIGTERM");
  await expect.poll(() => isAlive(pid), { timeout: WITHIN_MS, intervals: [50] }).toBe(false);
  expect(
    await count(`SELECT count(*)::int AS n FROM raw_delivery WHERE state = 'waiting' AND "leaseUntil" > now()`),
  ).toBe(0);

  const waiting = "SELECT count(*)::int AS n FROM raw_delivery WHERE state = 'waiting'";
  await expect.poll(() => count(waiting), { timeout: 120_000 }).toBe(0);
  const leads = `SELECT count(*)::int AS n FROM lead WHERE psid >= '${threadOf("", 10_000).psid}'`;
  expect(await count(leads)).toBe(stories.length);
});

function oneMessage(mid: string): Buffer {
  const now = Date.now();
  return delivery([message(threadOf(PAGES[0].id, 1), now, `m_${mid}`, `Message ${mid}`)], now);
}

/** Opens a delivery's connection and sends half of it. `finish` sends the rest and tells the status, 0 without an answer. */
function sendHalf(body: Buffer): { finish: () => Promise<number> } {
  const headers = { "x-hub-signature-256": signature(body), "content-length": body.length };
  const asked = request(`${product.installation.appUrl}${DOOR}`, { method: "POST", headers, agent: false });
  const answered = new Promise<number>((resolve) => {
    asked.once("error", () => resolve(0));
    asked.once("response", (response) => {
      response.resume();
      response.once("close", () => resolve(response.complete ? (response.statusCode ?? 0) : 0));
    });
  });
  asked.write(body.subarray(0, body.length / 2));
  return {
    finish: async () => {
      asked.end(body.subarray(body.length / 2));
      const status = await answered;
      if (status === 200) promised.add(createHash("sha256").update(body).digest("hex"));
      return status;
    },
  };
}

const deliver = (body: Buffer) => sendHalf(body).finish();

async function openStreams(many: number): Promise<{ ended: Promise<void> }[]> {
  const { appUrl } = product.installation;
  const cookie = await signIn(appUrl);
  const open = async () => {
    const stream = await new Promise<IncomingMessage>((resolve, reject) => {
      get(`${appUrl}/api/stream`, { headers: { cookie }, agent: false }, resolve).once("error", reject);
    });
    expect(stream.statusCode).toBe(200);
    stream.resume().on("error", () => undefined);
    return { ended: new Promise<void>((resolve) => stream.once("close", () => resolve())) };
  };
  return Promise.all(Array.from({ length: many }, open));
}

async function missing(): Promise<string[]> {
  const rows = await product.ask<{ sha256: string }>("SELECT encode(sha256(body), 'hex') AS sha256 FROM raw_delivery");
  const kept = new Set(rows.map(({ sha256 }) => sha256));
  return [...promised].filter((sha256) => !kept.has(sha256));
}

async function count(question: string): Promise<number> {
  return (await product.ask<{ n: number }>(question))[0]?.n ?? 0;
}

const waitingForLocks = () => count("SELECT count(*)::int AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock'");

function isHealthy(appUrl: string): Promise<boolean> {
  return fetch(`${appUrl}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  );
}
