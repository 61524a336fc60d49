import { setTimeout as wait } from "node:timers/promises";
import { type OpenInbox, openInbox, signIn } from "./agents.ts";
import { delivery, leadStory, message, newLead, threadOf } from "./bodies.ts";
import { openGraph } from "./graph.ts";
import { install, PAGES } from "./installation.ts";
import type { Options } from "./options.ts";
import { Product } from "./product.ts";
import { seeded } from "./random.ts";
import { type Figure, print, rounded, spread } from "./report.ts";
import { openScreen, type Screen } from "./screen.ts";
import { openSender } from "./send.ts";

const AGENTS = 10;
const PEOPLE = 100;
/** What is not on the screen by then never will be. */
const PATIENCE_MS = 20_000;

/**
 * From posting an event until it stands in the inbox that is open in a real browser: a new lead's row, or the new
 * time in the row of somebody who wrote. Nine more agents listen and ask as that browser does.
 */
export async function latency(options: Options): Promise<void> {
  const rate = options.size("rate", { small: 20, ci: 10, full: 20 });
  const seconds = options.size("seconds", { small: 20, full: 120 });
  const installation = await install();
  const { appUrl } = installation;
  const nodeArgs = (process.env.BENCH_WEB_ARGS ?? "").split(" ").filter((arg) => arg !== "");
  installation.web.argv.splice(1, 0, ...nodeArgs);
  const product = new Product(installation);
  const graph = await openGraph(installation, seeded(options.seed));
  const sender = openSender(appUrl, 8);
  const inboxes: OpenInbox[] = [];
  let closeScreen = async () => {};
  try {
    await product.startDatabase();
    await product.startWeb();
    product.startWorker();
    const refs = await bringLeads(product, sender.deliver);
    const screen = await openScreen(appUrl);
    closeScreen = screen.close;

    const hinted: number[] = [];
    const answered: number[] = [];
    /** What each agent has not heard of yet. */
    const unheard = Array.from({ length: AGENTS - 1 }, () => new Map<string, number>());
    for (const own of unheard) {
      const hear = (changed: readonly string[] | null) => {
        for (const ref of changed ?? []) {
          const at = own.get(ref);
          if (at !== undefined) hinted.push(performance.now() - at);
          own.delete(ref);
        }
      };
      inboxes.push(await openInbox(appUrl, await signIn(appUrl), hear));
    }
    await wait(2_000);
    await screen.forget();
    const started = { at: performance.now(), cpu: cpuOf(product) };

    /** What the row will show, and when its event was posted. */
    const posted = new Map<string, number>();
    for (let sent = 0; sent < rate * seconds; sent += 1) {
      const early = (sent / rate) * 1_000 - (performance.now() - started.at);
      if (early > 0) await wait(early);
      const now = Date.now();
      const isNew = sent % 2 === 0;
      const thread = threadOf(PAGES[0].id, isNew ? PEOPLE + sent : sent % PEOPLE);
      const item = isNew
        ? newLead(thread, now, `Street ${sent}`)
        : message(thread, now, `m_latency_${sent}`, `Message ${sent}`);
      posted.set(isNew ? `Street ${sent}` : new Date(now).toISOString(), performance.timeOrigin + performance.now());
      const ref = isNew ? undefined : refs.get(thread.psid);
      if (ref !== undefined) for (const own of unheard) own.set(ref, performance.now());
      const askedAt = performance.now();
      void sender.deliver(delivery([item], now)).then(() => answered.push(performance.now() - askedAt));
    }
    const took = (performance.now() - started.at) / 1_000;
    const cpu = cpuOf(product);
    const seen = await untilSeen(screen, posted);
    const shown = [...posted].flatMap(([text, at]) => (seen.get(text) ?? Number.NaN) - at).filter(Number.isFinite);
    const asked = inboxes.flatMap((inbox) => inbox.asked);
    const applied = await product.ask<{ ms: number }>(
      `SELECT (extract(epoch FROM "openedAt" - "receivedAt") * 1000)::float AS ms FROM raw_delivery WHERE "eventCount" = 1`,
    );
    const unseen = posted.size - shown.length;
    const spent = (part: keyof typeof cpu): Figure => ({
      name: `processor ms per event: ${part}`,
      value: rounded(((cpu[part] - started.cpu[part]) * 1_000) / posted.size, 1),
    });
    print({
      name: "latency",
      size: { "events /s": rounded(posted.size / took, 1), seconds, agents: AGENTS, people: PEOPLE },
      figures: [
        ...spread("answer", answered, [0.5, 0.95]),
        ...spread(
          "kept until applied",
          applied.map(({ ms }) => ms),
          [0.5, 0.95],
        ),
        ...spread("posted until hinted", hinted, [0.5, 0.95]),
        ...spread("asking for what changed", asked, [0.5, 0.95]),
        ...spread("the same in the browser", await screen.asked("/api/leads/changed"), [0.5, 0.95]),
        ...spread(
          "asking for the tabs' figures",
          inboxes.flatMap((inbox) => inbox.counted),
          [0.5],
        ),
        { name: "questions /s and agent", value: rounded(asked.length / inboxes.length / took, 1) },
        spent("web"),
        spent("worker"),
        spent("database"),
        { name: "events never seen in the browser", value: unseen, mark: "0", isMet: unseen === 0 },
        ...spread("posted until on the screen", shown, [0.5, 0.95, 0.99], [150, 400, 1_000]),
      ],
    });
  } finally {
    for (const inbox of inboxes) inbox.close();
    await closeScreen();
    sender.close();
    await product.end();
    await graph.close();
  }
}

/** What the screen shows of all that was posted, when it has had its time. */
async function untilSeen(screen: Screen, posted: ReadonlyMap<string, number>): Promise<Map<string, number>> {
  for (const until = Date.now() + PATIENCE_MS; ; await wait(500)) {
    const seen = await screen.seen();
    if ([...posted.keys()].every((text) => seen.has(text)) || Date.now() > until) return seen;
  }
}

function cpuOf(product: Product) {
  return { web: product.cpu("web"), worker: product.cpu("worker"), database: product.cpu("database") };
}

/** Everybody's lead, and how the screens call it. */
async function bringLeads(product: Product, deliver: (body: Buffer) => Promise<number>): Promise<Map<string, string>> {
  const startedAt = Date.now() - 3_600_000;
  const stories = Array.from({ length: PEOPLE }, (_, i) => leadStory(threadOf(PAGES[0].id, i), startedAt)).flat();
  await deliver(delivery(stories, startedAt));
  for (const until = Date.now() + 300_000; Date.now() < until; await wait(250)) {
    const rows = await product.ask<{ psid: string; id: string }>("SELECT psid, id FROM lead WHERE status = 'complete'");
    if (rows.length === PEOPLE) return new Map(rows.map(({ psid, id }) => [psid, `${PAGES[0].id}.${id}`]));
  }
  throw new Error("Not every lead arrived.");
}
