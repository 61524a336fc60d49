import { execFileSync } from "node:child_process";
import { chownSync, mkdirSync, renameSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { LANES, makeCrowd, sendAll } from "./crowd.ts";
import { type Installation, install } from "./installation.ts";
import { judge, untilCalm } from "./judge.ts";
import type { Options } from "./options.ts";
import { Product } from "./product.ts";
import { seeded } from "./random.ts";
import { type Figure, print, rounded } from "./report.ts";
import { openSender } from "./send.ts";

const RATE = 20;
const BEFORE_MS = 10_000;
const AFTER_S = 10;
const PATIENCE_MS = 600_000;
const DISK_MEGABYTES = 400;
/** So much is left of the disk: less than any write of the database wants. */
const LEFT_BYTES = 4_096;

/** The database is stopped for a minute while deliveries come in. */
export function databaseStopped(options: Options): Promise<void> {
  const seconds = options.size("seconds", { small: 60, full: 60 });
  return outage(options, { name: "database-stopped", seconds }, async ({ parts, ...product }) => {
    await parts.database.stop();
    await wait(seconds * 1_000);
    return () => product.startAgain();
  });
}

/** The disk the database stands on is full for a while. Needs root, for a small disk of its own. */
export async function diskFull(options: Options): Promise<void> {
  if (process.getuid?.() !== 0) {
    console.log("disk-full needs root: it gives the database a small disk of its own.");
    return;
  }
  const seconds = options.size("seconds", { small: 30, full: 60 });
  await outage(
    options,
    { name: "disk-full", seconds },
    async ({ installation }) => {
      const filler = join(installation.dataDir, "postgres/filler");
      // Whatever the database frees meanwhile is taken, too.
      for (const until = Date.now() + seconds * 1_000; Date.now() < until; await wait(500)) fill(filler);
      return async () => rmSync(filler, { force: true });
    },
    mountSmallDisk,
  );
}

/** Under the database's folder, and gone with it. */
function mountSmallDisk(installation: Installation): void {
  const { dataDir, database, remove } = installation;
  const cluster = join(dataDir, "postgres");
  const aside = `${cluster}.aside`;
  renameSync(cluster, aside);
  mkdirSync(cluster, { mode: 0o700 });
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${DISK_MEGABYTES}m,mode=0700`, "tmpfs", cluster]);
  let isMounted = true;
  installation.remove = () => {
    if (isMounted) execFileSync("umount", ["--lazy", cluster]);
    isMounted = false;
    remove();
  };
  execFileSync("cp", ["-a", `${aside}/.`, cluster]);
  chownSync(cluster, database.uid, database.gid);
}

function fill(file: string): void {
  const { bavail, bsize } = statfsSync(join(file, ".."));
  const bytes = bavail * bsize - LEFT_BYTES;
  if (bytes <= 0) return;
  try {
    writeFileSync(file, Buffer.alloc(bytes), { flag: "a" });
  } catch {
    // Somebody else took the last of it.
  }
}

type Stage = Pick<Product, "installation" | "parts"> & { startAgain: () => Promise<void> };

/** Deliveries before, during and after something that keeps them from being stored. `befall` returns how it is healed. */
async function outage(
  options: Options,
  { name, seconds }: { name: string; seconds: number },
  befall: (stage: Stage) => Promise<() => Promise<void>>,
  prepare: (installation: Installation) => void = () => undefined,
): Promise<void> {
  const installation = await install();
  const product = new Product(installation);
  const sender = openSender(installation.appUrl, LANES);
  const random = seeded(options.seed);
  const crowd = makeCrowd(random, Math.round((BEFORE_MS / 1_000 + seconds + AFTER_S) * RATE));
  try {
    prepare(installation);
    await product.startDatabase();
    await product.startWeb();
    product.startWorker(options);
    const heard = new Map<string, Map<number, number>>();
    let phase = "before";
    let healedAt = 0;
    let recovered: number | null = null;
    const hear = (status: number) => {
      const counts = heard.get(phase) ?? new Map<number, number>();
      heard.set(phase, counts.set(status, (counts.get(status) ?? 0) + 1));
      if (phase === "after" && status === 200) recovered ??= (performance.now() - healedAt) / 1_000;
    };
    const sending = sendAll(crowd.bodies, RATE, sender.deliver, hear);
    await wait(BEFORE_MS);
    phase = "during";
    const probing = probe(sender.get);
    const stage = { installation, parts: product.parts, startAgain: () => product.startDatabase() };
    const heal = await befall(stage);
    const ready = probing.stop();
    phase = "after";
    healedAt = performance.now();
    await heal();
    const { answered } = await sending;
    const calmAfter = await untilCalm(product, PATIENCE_MS);
    const verdict = await judge(product, answered, crowd.people);
    const count = (what: string, value: number): Figure => ({ name: what, value, mark: "0", isMet: value === 0 });
    const told = (counts = new Map<number, number>()) =>
      [...counts].map(([status, times]) => `${status === 0 ? "no answer" : status} ×${times}`).join(", ") || "none";
    const isKept = print({
      name,
      size: { "seconds of it": seconds, deliveries: crowd.bodies.length, "a second": RATE, seed: options.seed },
      figures: [
        { name: "answers before", value: told(heard.get("before")) },
        { name: "answers during", value: told(heard.get("during")) },
        { name: "answers after", value: told(heard.get("after")) },
        { name: "readyz during", value: told(ready.ready) },
        { name: "healthz during", value: told(ready.alive) },
        { name: "seconds from healed to the first 200", value: recovered === null ? "never" : rounded(recovered, 1) },
        count("never answered 200 any more", recovered === null ? 1 : 0),
        count("answered 200 and lost", verdict.lost),
        count("bytes changed", verdict.changed),
        count("threads with something doubled", verdict.wrong.tooMuch),
        count("threads with something missing", verdict.wrong.tooLittle),
        count("events parked", verdict.parked),
        count("still waiting at the end", verdict.waiting),
        { name: "seconds until nothing waits", value: rounded(calmAfter, 1) },
      ],
    });
    if (!isKept) product.tellLogs();
  } finally {
    sender.close();
    await product.end();
  }
}

/** What the two doors for watchers say meanwhile. */
function probe(get: (path: string) => Promise<number>) {
  const ready = new Map<number, number>();
  const alive = new Map<number, number>();
  let isOver = false;
  const ask = async () => {
    await wait(2_000);
    while (!isOver) {
      const [says, lives] = await Promise.all([get("/readyz"), get("/healthz")]);
      if (isOver) return;
      ready.set(says, (ready.get(says) ?? 0) + 1);
      alive.set(lives, (alive.get(lives) ?? 0) + 1);
      await wait(1_000);
    }
  };
  void ask();
  return {
    stop: () => {
      isOver = true;
      return { ready, alive };
    },
  };
}
