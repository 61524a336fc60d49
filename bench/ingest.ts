import { delivery, leadStory, message, threadOf } from "./bodies.ts";
import { install, PAGES } from "./installation.ts";
import type { Options } from "./options.ts";
import { Product } from "./product.ts";
import { percentile, print, rounded } from "./report.ts";
import { atOnce, openSender } from "./send.ts";

const LANES = 8;
const BLOCKS = 10;

type Measured = { cpu: number; databaseCpu: number; seconds: number; count: number; times: number[]; failures: number };

/**
 * Signed single-lead deliveries through the door, in turns with two things on the same server: an empty route of Next
 * (GET /healthz, which reads no body even), and the same deliveries with a wrong signature, which are read and checked
 * and not kept. The worker does not run: this is the price of the promise "answered means kept" alone.
 */
export async function ingest(options: Options): Promise<void> {
  const requests = options.size("requests", { small: 4_000, full: 40_000 });
  const product = new Product(await install());
  const sender = openSender(product.installation.appUrl, LANES);
  try {
    await product.startDatabase();
    await product.startWeb();
    const block = Math.ceil(requests / BLOCKS);
    const bodies = Array.from({ length: requests + block }, (_, i) =>
      delivery(leadStory(threadOf(PAGES[0].id, i), Date.now()).slice(3, 4), Date.now()),
    );
    const body = (index: number) => bodies[index] ?? Buffer.alloc(0);
    const nothing = () => measured(product, block, () => sender.get("/healthz"));
    const refused = (from: number) => measured(product, block, (i) => sender.knock(body(from + i)), 403);
    const kept = (from: number) => measured(product, block, (i) => sender.deliver(body(from + i)));

    // The first of each warm up and do not count.
    await nothing();
    await refused(requests);
    await kept(requests);
    const empty: Measured[] = [];
    const checked: Measured[] = [];
    const full: Measured[] = [];
    for (let round = 0; round < BLOCKS; round += 1) {
      empty.push(await nothing());
      checked.push(await refused(round * block));
      full.push(await kept(round * block));
    }
    tell(
      requests,
      sum(empty),
      sum(checked),
      sum(full),
      Number((await product.ask("SELECT count(*) AS kept FROM raw_delivery"))[0]?.kept) - block,
    );
  } finally {
    sender.close();
    await product.end();
  }
}

async function measured(
  product: Product,
  count: number,
  step: (index: number) => Promise<number>,
  expected = 200,
): Promise<Measured> {
  const cpu = product.cpu("web");
  const databaseCpu = product.cpu("database");
  const times: number[] = [];
  let failures = 0;
  const startedAt = performance.now();
  await atOnce(
    LANES,
    Array.from({ length: count }, (_, i) => i),
    async (index) => {
      const askedAt = performance.now();
      if ((await step(index)) !== expected) failures += 1;
      times.push(performance.now() - askedAt);
    },
  );
  const seconds = (performance.now() - startedAt) / 1_000;
  return {
    cpu: product.cpu("web") - cpu,
    databaseCpu: product.cpu("database") - databaseCpu,
    seconds,
    count,
    times,
    failures,
  };
}

function sum(parts: readonly Measured[]): Measured {
  const total = (of: (part: Measured) => number) => parts.reduce((all, part) => all + of(part), 0);
  return {
    cpu: total(({ cpu }) => cpu),
    databaseCpu: total(({ databaseCpu }) => databaseCpu),
    seconds: total(({ seconds }) => seconds),
    count: total(({ count }) => count),
    times: parts.flatMap(({ times }) => times),
    failures: total(({ failures }) => failures),
  };
}

function tell(requests: number, empty: Measured, checked: Measured, full: Measured, kept: number): void {
  const cpuRatio = full.cpu / full.count / (empty.cpu / empty.count);
  const rateRatio = full.count / full.seconds / (empty.count / empty.seconds);
  const ms = (seconds: number, { count }: Measured) => rounded((seconds * 1_000) / count, 3);
  print({
    name: "ingest",
    size: { requests, lanes: LANES },
    figures: [
      { name: "web processor ms, empty route", value: ms(empty.cpu, empty) },
      { name: "web processor ms, kept delivery", value: ms(full.cpu, full) },
      { name: "web processor ms, the same refused", value: ms(checked.cpu, checked) },
      { name: "processor ratio", value: rounded(cpuRatio), mark: "≤ 1.25", isMet: cpuRatio <= 1.25 },
      { name: "database processor ms, kept delivery", value: ms(full.databaseCpu, full) },
      { name: "rate, empty route /s", value: Math.round(empty.count / empty.seconds) },
      { name: "rate, refused /s", value: Math.round(checked.count / checked.seconds) },
      { name: "rate, kept deliveries /s", value: Math.round(full.count / full.seconds) },
      { name: "rate ratio", value: rounded(rateRatio), mark: "≥ 0.8", isMet: rateRatio >= 0.8 },
      { name: "answer p50 ms", value: rounded(percentile(full.times, 0.5), 1) },
      { name: "answer p99 ms", value: rounded(percentile(full.times, 0.99), 1) },
      {
        name: "not answered as they should be",
        value: full.failures + checked.failures,
        mark: "0",
        isMet: full.failures + checked.failures === 0,
      },
      {
        name: "answered but not kept",
        value: full.count - full.failures - kept,
        mark: "≤ 0",
        isMet: kept >= full.count - full.failures,
      },
    ],
  });
}

/** 1,000 events in one delivery, one after the other. */
export async function ingestBatch(options: Options): Promise<void> {
  const deliveries = options.size("deliveries", { small: 30, full: 300 });
  const perDelivery = 1_000;
  const product = new Product(await install());
  const sender = openSender(product.installation.appUrl, 2);
  try {
    await product.startDatabase();
    await product.startWeb();
    const bodies = Array.from({ length: deliveries + 2 }, (_, d) =>
      delivery(
        Array.from({ length: perDelivery }, (__, i) =>
          message(threadOf(PAGES[0].id, i), Date.now(), `m_batch_${d}_${i}`, `Message ${i} of delivery ${d}`),
        ),
        Date.now(),
      ),
    );
    for (const body of bodies.slice(deliveries)) await sender.deliver(body);
    const { cpu, databaseCpu, seconds, times, failures } = await measured(product, deliveries, (i) =>
      sender.deliver(bodies[i] ?? Buffer.alloc(0)),
    );
    const events = deliveries * perDelivery;
    const rate = Math.round((events - failures * perDelivery) / seconds);
    print({
      name: "ingest-batch",
      size: { deliveries, events, bytes: bodies[0]?.length ?? 0 },
      figures: [
        { name: "events kept /s", value: rate, mark: "≥ 20,000", isMet: rate >= 20_000 },
        { name: "answer p50 ms", value: rounded(percentile(times, 0.5), 1) },
        { name: "answer p99 ms", value: rounded(percentile(times, 0.99), 1) },
        { name: "web processor ms per delivery", value: rounded((cpu * 1_000) / deliveries) },
        { name: "database processor ms per delivery", value: rounded((databaseCpu * 1_000) / deliveries) },
        { name: "not answered 200", value: failures, mark: "0", isMet: failures === 0 },
      ],
    });
  } finally {
    sender.close();
    await product.end();
  }
}
