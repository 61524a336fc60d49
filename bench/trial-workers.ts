import { setTimeout as wait } from "node:timers/promises";
import { delivery, leadStory, STORY, threadOf } from "./bodies.ts";
import { openGraph } from "./graph.ts";
import { install, PAGES } from "./installation.ts";
import { judge, untilCalm } from "./judge.ts";
import type { Options } from "./options.ts";
import { sendSignal } from "./processes.ts";
import { Product } from "./product.ts";
import { seeded } from "./random.ts";
import { bringPeople, NOBODY, type QueuedReply, queueReply } from "./reply-rows.ts";
import { type Figure, print, rounded } from "./report.ts";
import { openSender } from "./send.ts";

/** Longer than a lease. */
const ASLEEP_MS = 30_000;
const PATIENCE_MS = 600_000;
const DELIVERIES = 8;
const EVENTS = 200;
const ROUNDS = 3;
const REPLIES = 40;

const count = (name: string, value: number): Figure => ({ name, value, mark: "0", isMet: value === 0 });

type Held = { id: string; leaseNumber: number; openedAt: Date | null };

/** A worker is stopped with deliveries in its hands; another takes over, and the first wakes up again. */
export async function workerStopped(options: Options): Promise<void> {
  const installation = await install();
  const product = new Product(installation);
  const sender = openSender(installation.appUrl, 4);
  try {
    await product.startDatabase();
    await product.startWeb();
    const answered = new Map<string, number>();
    const people: string[] = [];
    for (let d = 0; d < DELIVERIES; d += 1) {
      const threads = Array.from({ length: EVENTS / STORY.events }, (_, i) => threadOf(PAGES[0].id, d * EVENTS + i));
      people.push(...threads.map(({ psid }) => psid));
      const startedAt = Date.now() - 3_600_000;
      await sender.deliver(
        delivery(
          threads.flatMap((thread) => leadStory(thread, startedAt)),
          startedAt,
        ),
      );
    }
    product.startWorker(options);
    const held = await untilHeld(product);
    const sleeper = product.parts.worker.pid ?? 0;
    sendSignal(sleeper, "SIGSTOP");
    const stoppedAt = performance.now();
    product.secondWorker.start();
    await wait(ASLEEP_MS);
    const calmAfter = await untilCalm(product, PATIENCE_MS);
    const takenOver = (performance.now() - stoppedAt) / 1_000;
    const before = await rowsOf(product, held);
    sendSignal(sleeper, "SIGCONT");
    await wait(5_000);
    const after = await rowsOf(product, held);
    const isSame = JSON.stringify(before) === JSON.stringify(after);
    const verdict = await judge(product, answered, people);
    const isKept = print({
      name: "worker-stopped",
      size: { deliveries: DELIVERIES, events: DELIVERIES * EVENTS, "asleep s": Math.round(takenOver) },
      figures: [
        { name: "deliveries in the sleeper's hands", value: held.length },
        count(
          "of them not taken over",
          before.filter((row, i) => row.leaseNumber <= (held[i]?.leaseNumber ?? 0)).length,
        ),
        count("rows that the sleeper changed when it woke", isSame ? 0 : 1),
        count("threads with something doubled", verdict.wrong.tooMuch),
        count("threads with something missing", verdict.wrong.tooLittle),
        count("events parked", verdict.parked),
        count("still waiting at the end", verdict.waiting),
        { name: "seconds until nothing waited, after the sleep", value: rounded(calmAfter, 1) },
      ],
    });
    if (!isKept) product.tellLogs();
  } finally {
    sender.close();
    await product.end();
  }
}

async function untilHeld(product: Product): Promise<Held[]> {
  for (const until = Date.now() + 60_000; Date.now() < until; await wait(5)) {
    const held = await product.ask<Held>(
      `SELECT id, "leaseNumber", "openedAt" FROM raw_delivery WHERE state = 'waiting' AND "leaseUntil" > now() ORDER BY id`,
    );
    if (held.length > 0) return held;
  }
  throw new Error("The worker takes nothing up.");
}

function rowsOf(product: Product, held: readonly Held[]): Promise<Held[]> {
  return product.ask<Held>(
    `SELECT id, "leaseNumber", "openedAt", state FROM raw_delivery WHERE id = ANY($1::uuid[]) ORDER BY id`,
    [held.map(({ id }) => id)],
  );
}

/** Two workers send; one is stopped past its leases with replies in its hands, and wakes up again. */
export async function twoWorkers(options: Options): Promise<void> {
  const installation = await install();
  const product = new Product(installation);
  const graph = await openGraph(installation, seeded(options.seed));
  try {
    await product.startDatabase();
    await product.startWeb();
    product.startWorker(options);
    product.secondWorker.start();
    const people = await bringPeople(product, graph, REPLIES);
    const queued: QueuedReply[] = [];
    let caught = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const sleeper = product.parts.worker.pid ?? 0;
      for (let i = 0; i < REPLIES; i += 1) queued.push(await queueReply(product, people[i] ?? NOBODY, 1_000));
      await untilSending(product);
      sendSignal(sleeper, "SIGSTOP");
      caught += await inHands(product);
      await wait(ASLEEP_MS);
      sendSignal(sleeper, "SIGCONT");
      await wait(3_000);
    }
    for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await wait(500)) {
      const waiting = await product.ask("SELECT 1 FROM reply WHERE state IN ('queued', 'sending') LIMIT 1");
      if (waiting.length === 0) break;
    }
    const rows = await product.ask<{ metadata: string; state: string }>("SELECT metadata, state FROM reply");
    const accepted = await graph.accepted();
    const times = ({ metadata }: { metadata: string }) => accepted.get(metadata)?.length ?? 0;
    const inState = (state: string) => rows.filter((row) => row.state === state);
    const isKept = print({
      name: "two-workers",
      size: { replies: queued.length, rounds: ROUNDS, "asleep s": ASLEEP_MS / 1_000 },
      figures: [
        { name: "in somebody's hands when one fell asleep", value: caught },
        { name: "sent", value: inState("sent").length },
        { name: "unknown, for a person to settle", value: inState("unknown").length },
        count("still queued or sending", inState("queued").length + inState("sending").length),
        count("accepted twice", rows.filter((row) => times(row) > 1).length),
        count("asked for twice", [...graph.asked.values()].filter((asked) => asked.length > 1).length),
        count("called sent, and not accepted", inState("sent").filter((row) => times(row) === 0).length),
        count("called failed, and accepted", inState("failed").filter((row) => times(row) > 0).length),
      ],
    });
    if (!isKept) product.tellLogs();
  } finally {
    await product.end();
    await graph.close();
  }
}

async function inHands(product: Product): Promise<number> {
  return (await product.ask("SELECT 1 FROM reply WHERE state = 'sending'")).length;
}

async function untilSending(product: Product): Promise<void> {
  for (const until = Date.now() + 30_000; Date.now() < until; await wait(2)) if ((await inHands(product)) > 0) return;
  throw new Error("Nothing is being sent.");
}
