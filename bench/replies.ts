import { setTimeout as wait } from "node:timers/promises";
import { openGraph } from "./graph.ts";
import { install } from "./installation.ts";
import type { Options } from "./options.ts";
import { Product } from "./product.ts";
import { seeded } from "./random.ts";
import { bringPeople, NOBODY, queueReply } from "./reply-rows.ts";
import { percentile, print, rounded } from "./report.ts";

/** From the end of the time to take a reply back until the sandbox has accepted it. All clocks are this machine's. */
export async function replies(options: Options): Promise<void> {
  const count = options.size("replies", { small: 60, full: 600 });
  const rate = options.size("rate", { small: 5, full: 10 });
  const installation = await install();
  const product = new Product(installation);
  const graph = await openGraph(installation, seeded(options.seed));
  try {
    await product.startDatabase();
    await product.startWeb();
    product.startWorker();
    const people = await bringPeople(product, graph, Math.min(count, 20));
    const due = new Map<string, number>();
    for (let i = 0; i < count; i += 1) {
      const { metadata, dueAt } = await queueReply(product, people[i % people.length] ?? NOBODY, 1_000);
      due.set(metadata, dueAt);
      await wait(1_000 / rate);
    }
    for (const until = Date.now() + 30_000; Date.now() < until; await wait(250)) {
      if ((await graph.accepted()).size >= count) break;
    }
    const accepted = await graph.accepted();
    const late = [...due].flatMap(([metadata, dueAt]) => (accepted.get(metadata) ?? []).map((at) => at - dueAt));
    const p95 = percentile(late, 0.95);
    print({
      name: "replies",
      size: { replies: count, "a second": rate },
      figures: [
        { name: "p50 ms", value: Math.round(percentile(late, 0.5)) },
        { name: "p95 ms", value: Math.round(p95), mark: "≤ 300", isMet: p95 <= 300 },
        { name: "p99 ms", value: Math.round(percentile(late, 0.99)) },
        { name: "p95, times a nap of 200 ms", value: rounded(p95 / 200) },
        { name: "never accepted", value: count - accepted.size, mark: "0", isMet: accepted.size === count },
      ],
    });
  } finally {
    await product.end();
    await graph.close();
  }
}
