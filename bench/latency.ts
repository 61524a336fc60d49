import { setTimeout as wait } from "node:timers/promises";
import { type OpenInbox, openInbox, signIn } from "./agents.ts";
import { delivery, leadStory, message, threadOf } from "./bodies.ts";
import { openGraph } from "./graph.ts";
import { install, PAGES } from "./installation.ts";
import type { Options } from "./options.ts";
import { Product } from "./product.ts";
import { seeded } from "./random.ts";
import { percentile, print } from "./report.ts";
import { openSender } from "./send.ts";

const AGENTS = 10;
const PEOPLE = 100;

/**
 * From posting a person's message until the hint about their lead reaches ten open inboxes, and until one of them
 * has the whole list anew.
 */
export async function latency(options: Options): Promise<void> {
  const rate = options.size("rate", { small: 20, full: 20 });
  const seconds = options.size("seconds", { small: 20, full: 120 });
  const installation = await install();
  const { appUrl } = installation;
  const product = new Product(installation);
  const graph = await openGraph(installation, seeded(options.seed));
  const sender = openSender(appUrl, 8);
  const inboxes: OpenInbox[] = [];
  try {
    await product.startDatabase();
    await product.startWeb();
    product.startWorker();
    const refs = await bringLeads(product, sender.deliver);
    const hinted: number[] = [];
    const shown: number[] = [];
    const listTimes: number[] = [];
    const answered: number[] = [];
    const waiting: number[] = [];
    let isOver = false;
    /** What each agent has not heard of yet. */
    const posted = Array.from({ length: AGENTS }, () => new Map<string, number>());
    const cookie = await signIn(appUrl);
    const hear =
      (agent: number) =>
      async (changed: string[] | null): Promise<void> => {
        const heardAt = performance.now();
        const news = (changed ?? []).flatMap((ref) => posted[agent]?.get(ref) ?? []);
        for (const ref of changed ?? []) posted[agent]?.delete(ref);
        hinted.push(...news.map((at) => heardAt - at));
        if (agent === 0) waiting.push(...news);
      };
    /** As a screen does: one question at a time, for everything heard until then. */
    const look = async () => {
      while (!isOver) {
        const news = waiting.splice(0);
        if (news.length === 0) await wait(5);
        else {
          listTimes.push((await inboxes[0]?.refetch()) ?? 0);
          shown.push(...news.map((at) => performance.now() - at));
        }
      }
    };
    for (let agent = 0; agent < AGENTS; agent += 1) inboxes.push(await openInbox(appUrl, cookie, hear(agent)));
    await inboxes[0]?.refetch();

    const looking = look();
    let sent = 0;
    for (const startedAt = performance.now(); sent < rate * seconds; sent += 1) {
      const early = (sent / rate) * 1_000 - (performance.now() - startedAt);
      if (early > 0) await wait(early);
      const thread = threadOf(PAGES[0].id, sent % PEOPLE);
      const ref = refs.get(thread.psid);
      if (ref === undefined) continue;
      for (const unheard of posted) unheard.set(ref, performance.now());
      const body = delivery([message(thread, Date.now(), `m_latency_${sent}`, `Message ${sent}`)], Date.now());
      const askedAt = performance.now();
      void sender.deliver(body).then(() => answered.push(performance.now() - askedAt));
    }
    await wait(3_000);
    isOver = true;
    await looking;
    const rows = await product.ask<{ ms: number }>(
      `SELECT (extract(epoch FROM "openedAt" - "receivedAt") * 1000)::float AS ms FROM raw_delivery WHERE "eventCount" = 1`,
    );
    const applied = rows.map(({ ms }) => ms);
    const at = (values: readonly number[], part: number) => Math.round(percentile(values, part));
    const marked = (part: number, most: number) => {
      const value = at(shown, part);
      return { name: `list anew p${part * 100} ms`, value, mark: `≤ ${most}`, isMet: value <= most };
    };
    print({
      name: "latency",
      size: { "events /s": rate, seconds, agents: AGENTS, people: PEOPLE },
      figures: [
        { name: "hints heard per event and agent", value: Number((hinted.length / sent / AGENTS).toFixed(2)) },
        { name: "answer p50 ms", value: at(answered, 0.5) },
        { name: "kept until applied p50 ms", value: at(applied, 0.5) },
        { name: "kept until applied p95 ms", value: at(applied, 0.95) },
        { name: "hint p50 ms", value: at(hinted, 0.5) },
        { name: "hint p95 ms", value: at(hinted, 0.95) },
        { name: "hint p99 ms", value: at(hinted, 0.99) },
        { name: "list p50 ms", value: at(listTimes, 0.5) },
        marked(0.5, 150),
        marked(0.95, 400),
        marked(0.99, 1_000),
      ],
      notes: ["A screen waits up to 150 ms more before it asks, so that a burst is asked for once."],
    });
  } finally {
    for (const inbox of inboxes) inbox.close();
    sender.close();
    await product.end();
    await graph.close();
  }
}

/** Everybody's lead, and how the screens call it. */
async function bringLeads(product: Product, deliver: (body: Buffer) => Promise<number>): Promise<Map<string, string>> {
  const startedAt = Date.now() - 3_600_000;
  const stories = Array.from({ length: PEOPLE }, (_, i) => leadStory(threadOf(PAGES[0].id, i), startedAt)).flat();
  await deliver(delivery(stories, startedAt));
  for (const until = Date.now() + 60_000; Date.now() < until; await wait(250)) {
    const rows = await product.ask<{ psid: string; id: string }>("SELECT psid, id FROM lead WHERE status = 'complete'");
    if (rows.length === PEOPLE) return new Map(rows.map(({ psid, id }) => [psid, `${PAGES[0].id}.${id}`]));
  }
  throw new Error("Not every lead arrived.");
}
