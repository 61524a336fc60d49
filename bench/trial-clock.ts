import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { delivery, leadStory } from "./bodies.ts";
import { LANES, makeCrowd, sendAll } from "./crowd.ts";
import { type Graph, openGraph } from "./graph.ts";
import { install, PAGES } from "./installation.ts";
import { judge, untilCalm } from "./judge.ts";
import type { Options } from "./options.ts";
import { sendSignal } from "./processes.ts";
import { Product } from "./product.ts";
import { seeded } from "./random.ts";
import { type Figure, print, rounded } from "./report.ts";
import { openSender } from "./send.ts";

const HOUR = 3_600_000;
const RATE = 20;
const KILL_AFTER_MS = 5_000;
const PATIENCE_MS = 600_000;
/** The time to take a reply back, and some more. */
const PRESS_PATIENCE_MS = 30_000;
const FAKETIME = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";

type Wrong = "web and worker" | "database";

/** A clock is an hour ahead: that of web and worker, or that of the database. Only windows may notice it. */
export async function clockAhead(options: Options): Promise<void> {
  await withClock(options, "web and worker");
  if (existsSync(FAKETIME)) await withClock(options, "database");
  else console.log("\nThe database's clock is left alone: there is no libfaketime (Debian's package of that name).");
}

async function withClock(options: Options, whose: Wrong): Promise<void> {
  const installation = await install();
  const shift = whose === "web and worker" ? HOUR : 0;
  const ahead = {
    nodeArgs: ["--import", join(import.meta.dirname, "shift-clock.ts")],
    env: { BENCH_SHIFT_MS: String(shift) },
  };
  if (whose === "database") {
    Object.assign(installation.database.env, {
      LD_PRELOAD: FAKETIME,
      FAKETIME: "+1h",
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
    });
  }
  const product = new Product(installation);
  let graph: Graph | null = null;
  const sender = openSender(installation.appUrl, LANES);
  try {
    await product.startDatabase();
    await product.startWeb(ahead);
    product.startWorker(ahead);
    const [clock] = await product.ask<{ now: Date }>("SELECT clock_timestamp() AS now");
    const databaseAhead = Math.round(((clock?.now.getTime() ?? 0) - Date.now()) / 60_000);

    const crowd = makeCrowd(seeded(options.seed), options.size("deliveries", { small: 300, full: 3_000 }));
    const sending = sendAll(crowd.bodies, RATE, sender.deliver);
    await wait(KILL_AFTER_MS);
    const { pid } = product.parts.worker;
    if (pid !== null) sendSignal(pid, "SIGKILL");
    const { answered } = await sending;
    const calmAfter = await untilCalm(product, PATIENCE_MS);
    const verdict = await judge(product, answered, crowd.people);

    // Only now, for what Meta shows of a thread would be more than its story.
    graph = await openGraph(installation, seeded(options.seed));
    const pressed: Figure[] = [];
    for (const hours of [1, 23.5, 24.5]) {
      pressed.push({
        name: `pressed ${hours} h after the person's word`,
        value: await press(product, graph, hours, ahead),
      });
    }
    const count = (name: string, value: number): Figure => ({ name, value, mark: "0", isMet: value === 0 });
    const isKept = print({
      name: "clock-ahead",
      size: { "an hour ahead": whose, "database ahead min": databaseAhead, deliveries: crowd.bodies.length },
      figures: [
        count("answered 200 and lost", verdict.lost),
        count("bytes changed", verdict.changed),
        count("threads with something doubled", verdict.wrong.tooMuch),
        count("threads with something missing", verdict.wrong.tooLittle),
        count("events parked", verdict.parked),
        count("still waiting at the end", verdict.waiting),
        { name: "seconds until nothing waits, a worker killed", value: rounded(calmAfter, 1) },
        ...pressed,
      ],
    });
    if (!isKept) product.tellLogs();
  } finally {
    sender.close();
    await product.end();
    await graph?.close();
  }
}

/** What becomes of a reply, written so many hours after the person's last word, by Meta's time. */
async function press(
  product: Product,
  graph: Graph,
  hours: number,
  { nodeArgs, env }: { nodeArgs: string[]; env: Record<string, string> },
): Promise<string> {
  const pageId = PAGES[0].id;
  const saidAt = Date.now() - hours * HOUR;
  const { psid } = await graph.control("people", { pageId });
  const thread = { pageId, psid: String(psid) };
  await graph.control("messages", { ...thread, text: "Hello?", at: new Date(saidAt).toISOString() });
  const story = leadStory(thread, saidAt - 90_000).slice(0, -1);
  const sender = openSender(product.installation.appUrl, 1);
  await sender.deliver(delivery(story, saidAt));
  sender.close();
  await untilCalm(product, PATIENCE_MS);
  const args = [...nodeArgs, "--conditions=react-server", "bench/press.ts", pageId, thread.psid, randomUUID()];
  const said = execFileSync(process.execPath, args, {
    cwd: join(import.meta.dirname, ".."),
    env: { ...product.installation.web.env, ...env, NODE_ENV: "production", LOG_LEVEL: "silent" },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  const { outcome, why, metadata } = JSON.parse(said.trim().split("\n").at(-1) ?? "{}");
  if (outcome !== "queued") return `refused: ${String(why)}`;
  const pressedAt = performance.now();
  while (performance.now() - pressedAt < PRESS_PATIENCE_MS) {
    const asked = graph.asked.get(metadata);
    const [row] = await product.ask<{ state: string; type: string | null }>(
      `SELECT state, "messagingType" AS type FROM reply WHERE metadata = $1`,
      [metadata],
    );
    if (asked !== undefined && row?.state !== "sending") {
      return `${row?.state} as ${row?.type} after ${((performance.now() - pressedAt) / 1_000).toFixed(1)} s`;
    }
    await wait(100);
  }
  return `still waits after ${PRESS_PATIENCE_MS / 1_000} s`;
}
