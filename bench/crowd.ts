import { setTimeout as wait } from "node:timers/promises";
import { delivery, type Item, leadStory, sha256, threadOf } from "./bodies.ts";
import { PAGES } from "./installation.ts";
import type { Random } from "./random.ts";
import { atOnce } from "./send.ts";

/** How many deliver at once. */
export const LANES = 16;
const REPEATS = 0.3;
const AGAIN_AFTER_MS = 250;

/** Everybody's story, cut into deliveries of one to four events in any order; a part of them comes again, alike or in other company. */
export function makeCrowd(random: Random, deliveries: number): { bodies: Buffer[]; people: string[] } {
  const fresh = Math.round(deliveries * (1 - REPEATS));
  const threads = Math.ceil((fresh * 2.5) / 5);
  const everybody = Array.from({ length: threads }, (_, i) => threadOf(PAGES[i % PAGES.length]?.id ?? "", i));
  const startedAt = Date.now() - 3_600_000;
  // All of them within half an hour: what lies in the future is not told as it was, but as it came.
  const everyMs = 1_800_000 / everybody.length;
  const items = random.shuffle(
    everybody.flatMap((thread, i) => leadStory(thread, startedAt + Math.floor(i * everyMs))),
  );
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
export async function sendAll(
  bodies: readonly Buffer[],
  rate: number,
  deliver: (body: Buffer) => Promise<number>,
  hear: (status: number) => void = () => undefined,
): Promise<{ answered: Map<string, number>; tries: number }> {
  const answered = new Map<string, number>();
  const startedAt = performance.now();
  let tries = 0;
  await atOnce(LANES, bodies, async (body, index) => {
    const early = (index / rate) * 1_000 - (performance.now() - startedAt);
    if (early > 0) await wait(early);
    for (;;) {
      tries += 1;
      const status = await deliver(body);
      hear(status);
      if (status === 200) break;
      await wait(AGAIN_AFTER_MS);
    }
    const sha = sha256(body).toString("hex");
    answered.set(sha, (answered.get(sha) ?? 0) + 1);
  });
  return { answered, tries };
}
