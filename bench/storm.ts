import { LANES, makeCrowd, sendAll } from "./crowd.ts";
import { install } from "./installation.ts";
import { judge, untilCalm } from "./judge.ts";
import type { Options } from "./options.ts";
import { Product } from "./product.ts";
import { seeded } from "./random.ts";
import { type Blow, startReaper } from "./reaper.ts";
import { print, rounded } from "./report.ts";
import { openSender } from "./send.ts";
import { layDatabaseWire } from "./wire.ts";

const CALM_WITHIN_S = 60;
/** On a busy machine it may take longer; what is right can only be said of what is done. */
const PATIENCE_MS = 300_000;

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
