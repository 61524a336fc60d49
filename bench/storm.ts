import { setTimeout as wait } from "node:timers/promises";
import { delivery, type Item, leadStory, sha256, threadOf } from "./bodies.ts";
import { install, PAGES } from "./installation.ts";
import { judge, untilCalm } from "./judge.ts";
import type { Options } from "./options.ts";
import { Product } from "./product.ts";
import { type Random, seeded } from "./random.ts";
import { type Blow, startReaper } from "./reaper.ts";
import { print, rounded } from "./report.ts";
import { atOnce, openSender } from "./send.ts";
import { layDatabaseWire } from "./wire.ts";

const LANES = 16;
const REPEATS = 0.3;
const AGAIN_AFTER_MS = 250;
const CALM_WITHIN_S = 60;
/** On a busy machine it may take longer; what is right can only be said of what is done. */
const PATIENCE_MS = 240_000;

const BLOWS: readonly Blow[] = [
  { part: "web", signal: "SIGKILL" },
  { part: "web", signal: "SIGKILL" },
  { part: "worker", signal: "SIGKILL" },
  { part: "worker", signal: "SIGKILL" },
  { part: "database", signal: "SIGKILL" },
  { part: "database", signal: "SIGKILL" },
  { part: "web", signal: "SIGTERM" },
  { part: "worker", signal: "SIGTERM" },
  { part: "worker", stopMs: 3_000 },
  "cut",
  "hang",
  "slow",
];

/** A crowd of leads, repeated and shuffled, while every process is killed and the line to the database breaks. */
export async function storm(options: Options): Promise<void> {
  const deliveries = options.size("deliveries", { small: 2_000, ci: 5_000, full: 50_000 });
  const everyMs = options.size("kill-every", { small: 2, ci: 4.5, full: 2 }) * 1_000;
  const rate = options.size("rate", { small: 60, ci: 56, full: 100 });
  const random = seeded(options.seed);
  const crowd = makeCrowd(random, deliveries);
  const installation = await install();
  const product = new Product(installation);
  const wire = await layDatabaseWire(installation);
  const sender = openSender(installation.appUrl, LANES);
  try {
    await product.startDatabase();
    await product.startWeb();
    product.startWorker(options);
    const reaper = startReaper(product, random, { everyMs, blows: BLOWS, wire });
    const startedAt = performance.now();
    const { answered, tries } = await sendAll(crowd.bodies, rate, sender.deliver);
    const seconds = (performance.now() - startedAt) / 1_000;
    const blows = await reaper.stop();
    await product.untilDatabase();
    const calmAfter = await untilCalm(product, PATIENCE_MS);
    const verdict = await judge(product, answered, crowd.people);

    const count = (name: string, value: number) => ({ name, value, mark: "0", isMet: value === 0 });
    const isKept = print({
      name: "storm",
      size: {
        deliveries,
        seed: options.seed,
        sabotage: options.sabotage || "none",
        people: crowd.people.length,
        "kills every s": everyMs / 1_000,
      },
      figures: [
        { name: "seconds of storm", value: rounded(seconds, 1) },
        { name: "posts", value: tries },
        { name: "answered 200", value: [...answered.values()].reduce((sum, times) => sum + times, 0) },
        count("answered and lost", verdict.lost),
        count("bytes changed", verdict.changed),
        count("threads with something doubled", verdict.wrong.tooMuch),
        count("threads with something missing", verdict.wrong.tooLittle),
        count("events parked", verdict.parked),
        count("still waiting at the end", verdict.waiting),
        {
          name: "seconds until nothing waits",
          value: rounded(calmAfter, 1),
          mark: `≤ ${CALM_WITHIN_S}`,
          isMet: calmAfter <= CALM_WITHIN_S,
        },
      ],
      notes: [
        Object.entries(blows)
          .map(([what, times]) => `${what} ×${times}`)
          .join(", "),
      ],
    });
    if (!isKept) product.tellLogs();
  } finally {
    sender.close();
    await product.end();
    await wire.close();
  }
}

/** Everybody's story, cut into deliveries of one to four events in any order; a part of them comes again, alike or in other company. */
function makeCrowd(random: Random, deliveries: number): { bodies: Buffer[]; people: string[] } {
  const fresh = Math.round(deliveries * (1 - REPEATS));
  const threads = Math.ceil((fresh * 2.5) / 5);
  const everybody = Array.from({ length: threads }, (_, i) => threadOf(PAGES[i % PAGES.length]?.id ?? "", i));
  const startedAt = Date.now() - 3_600_000;
  const items = random.shuffle(everybody.flatMap((thread, i) => leadStory(thread, startedAt + i * 1_000)));
  const parcels: Item[][] = [];
  for (let at = 0; at < items.length; ) {
    const size = 1 + random.below(4);
    parcels.push(items.slice(at, at + size));
    at += size;
  }
  const some = <T>(list: readonly T[]): T[] => list.slice(random.below(list.length)).slice(0, 1);
  const again = Array.from({ length: Math.max(0, deliveries - parcels.length) }, () =>
    random.next() < 0.5 ? some(parcels).flat() : [...some(items), ...some(items)],
  );
  const bodies = random.shuffle([...parcels, ...again]).map((parcel) => delivery(parcel, startedAt));
  return { bodies, people: everybody.map(({ psid }) => psid) };
}

/** Each again and again until it is answered 200, as Meta does, at most so many a second. */
async function sendAll(
  bodies: readonly Buffer[],
  rate: number,
  deliver: (body: Buffer) => Promise<number>,
): Promise<{ answered: Map<string, number>; tries: number }> {
  const answered = new Map<string, number>();
  const startedAt = performance.now();
  let tries = 0;
  await atOnce(LANES, bodies, async (body, index) => {
    const early = (index / rate) * 1_000 - (performance.now() - startedAt);
    if (early > 0) await wait(early);
    for (;;) {
      tries += 1;
      if ((await deliver(body)) === 200) break;
      await wait(AGAIN_AFTER_MS);
    }
    const sha = sha256(body).toString("hex");
    answered.set(sha, (answered.get(sha) ?? 0) + 1);
  });
  return { answered, tries };
}
