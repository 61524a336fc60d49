import { setTimeout as wait } from "node:timers/promises";
import { CERTAINLY_NOT, type Graph, openGraph } from "./graph.ts";
import { install } from "./installation.ts";
import type { Options } from "./options.ts";
import { Product } from "./product.ts";
import { seeded } from "./random.ts";
import { type Blow, startReaper } from "./reaper.ts";
import { bringPeople, NOBODY, type QueuedReply, queueReply } from "./reply-rows.ts";
import { print, rounded } from "./report.ts";
import { layDatabaseWire } from "./wire.ts";

const UNCLEAR = 0.2;
const REPLIES_PER_PERSON = 5;
/** A killed worker's lease, a silent Meta, a page that rests: for longer than this nothing stands still. */
const STILL_FOR_MS = 60_000;

const BLOWS: readonly Blow[] = [
  { part: "worker", signal: "SIGKILL" },
  { part: "worker", signal: "SIGKILL" },
  { part: "worker", signal: "SIGTERM" },
  { part: "worker", stopMs: 3_000 },
  { part: "web", signal: "SIGKILL" },
  { part: "database", signal: "SIGKILL" },
  "cut",
  "hang",
  "slow",
];

/** Replies while everything is killed and a part of Meta's answers is unclear: each arrives once, or somebody is told that nobody knows. */
export async function doubleSend(options: Options): Promise<void> {
  const replies = options.size("replies", { small: 200, ci: 500, full: 5_000 });
  const everyMs = options.size("kill-every", { small: 4, ci: 4.5, full: 2 }) * 1_000;
  const rate = options.size("rate", { small: 5, ci: 6, full: 8 });
  const random = seeded(options.seed);
  const installation = await install();
  const product = new Product(installation);
  const wire = await layDatabaseWire(installation);
  const graph = await openGraph(installation, random, UNCLEAR);
  try {
    await product.startDatabase();
    await product.startWeb();
    product.startWorker(options);
    const people = await bringPeople(product, graph, Math.ceil(replies / REPLIES_PER_PERSON));
    const reaper = startReaper(product, random, { everyMs, blows: BLOWS, wire });
    const queued: QueuedReply[] = [];
    const startedAt = performance.now();
    for (let i = 0; i < replies; i += 1) {
      const early = (i / rate) * 1_000 - (performance.now() - startedAt);
      if (early > 0) await wait(early);
      queued.push(await untilDone(() => queueReply(product, people[i % people.length] ?? NOBODY, 500)));
    }
    const blows = await reaper.stop();
    await product.untilDatabase();
    const calmAfter = await untilSettled(product);
    await tell(product, graph, queued, { seed: options.seed, sabotage: options.sabotage, everyMs, calmAfter, blows });
  } finally {
    await product.end();
    await graph.close();
    await wire.close();
  }
}

/** The database may be away just now; whoever presses again presses the same. */
async function untilDone<T>(act: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await act();
    } catch (error) {
      if (tries > 200) throw error;
      await wait(100);
    }
  }
}

async function untilSettled(product: Product): Promise<number> {
  const startedAt = performance.now();
  let left = Number.POSITIVE_INFINITY;
  for (let movedAt = startedAt; left > 0 && performance.now() - movedAt < STILL_FOR_MS; await wait(500)) {
    const [row] = await product
      .ask<{ left: number }>("SELECT count(*)::int AS left FROM reply WHERE state IN ('queued', 'sending')")
      .catch(() => []);
    if (row === undefined || row.left >= left) continue;
    left = row.left;
    movedAt = performance.now();
  }
  return (performance.now() - startedAt) / 1_000;
}

type Row = { metadata: string; state: string; stateReason: string | null };
type Run = { seed: string; sabotage: string; everyMs: number; calmAfter: number; blows: Record<string, number> };

async function tell(product: Product, graph: Graph, queued: readonly QueuedReply[], run: Run): Promise<void> {
  const rows = await product.ask<Row>(`SELECT metadata, state, "stateReason" FROM reply`);
  const byMetadata = new Map(rows.map((row) => [row.metadata, row]));
  const accepted = await graph.accepted();
  const stateOf = ({ metadata }: QueuedReply) => byMetadata.get(metadata)?.state ?? "gone";
  const inState = (state: string) => queued.filter((reply) => stateOf(reply) === state).length;
  const isAccepted = ({ metadata }: QueuedReply) => accepted.has(metadata);
  /** Asked again although the asking before may have been accepted. */
  const resent = queued.filter(({ metadata }) =>
    (graph.asked.get(metadata) ?? []).slice(0, -1).some((answer) => !CERTAINLY_NOT.has(answer)),
  );
  const reasons = Map.groupBy(
    rows.filter(({ state }) => state === "failed"),
    ({ stateReason }) => stateReason,
  );
  const count = (name: string, value: number) => ({ name, value, mark: "0", isMet: value === 0 });
  const isKept = print({
    name: "double-send",
    size: {
      replies: queued.length,
      seed: run.seed,
      sabotage: run.sabotage || "none",
      "kills every s": run.everyMs / 1_000,
      "unclear answers": UNCLEAR,
    },
    figures: [
      { name: "sent", value: inState("sent") },
      { name: "unknown, for a person to settle", value: inState("unknown") },
      { name: "failed", value: inState("failed") },
      count("still queued or sending", inState("queued") + inState("sending")),
      count("accepted twice", queued.filter(({ metadata }) => (accepted.get(metadata)?.length ?? 0) > 1).length),
      count(
        "called sent, and not accepted",
        queued.filter((one) => stateOf(one) === "sent" && !isAccepted(one)).length,
      ),
      count("called failed, and accepted", queued.filter((one) => stateOf(one) === "failed" && isAccepted(one)).length),
      count("gone", inState("gone")),
      count("asked for again after an unclear answer", resent.length),
      { name: "seconds until nothing waits", value: rounded(run.calmAfter, 1) },
    ],
    notes: [
      Object.entries(run.blows)
        .map(([what, times]) => `${what} ×${times}`)
        .join(", "),
      `Failed because: ${[...reasons].map(([reason, of]) => `${reason} ×${of.length}`).join(", ") || "none"}.`,
    ],
  });
  if (!isKept) product.tellLogs();
}
