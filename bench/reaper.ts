import { setTimeout as wait } from "node:timers/promises";
import { sendSignal } from "./processes.ts";
import type { Part, Product } from "./product.ts";
import type { Random } from "./random.ts";
import type { Wire } from "./wire.ts";

/** Ends and stops processes of the product by their ids, at times and in an order that a seed decides. */
export type Reaper = { stop(): Promise<Record<string, number>> };

/** What may happen, each as likely as it is often in here. */
export type Blow =
  | { part: Part; signal: "SIGKILL" | "SIGTERM" }
  | { part: Part; stopMs: number }
  | "cut"
  | "hang"
  | "slow";

const HANG_MS = 2_000;
const SLOW_MS = 20;

/** Usually every `everyMs`, from two thirds to four thirds of it. */
export function startReaper(
  product: Product,
  random: Random,
  { everyMs, blows, wire }: { everyMs: number; blows: readonly Blow[]; wire: Wire },
): Reaper {
  const abort = new AbortController();
  const done: Record<string, number> = {};
  const rest = (ms: number) => wait(ms, undefined, { signal: abort.signal }).catch(() => undefined);

  async function strike(blow: Blow): Promise<string> {
    if (blow === "cut") wire.cut();
    if (blow === "hang") wire.hang(HANG_MS);
    if (blow === "slow") {
      wire.slow(SLOW_MS);
      await rest(HANG_MS);
      wire.slow(0);
    }
    if (typeof blow === "string") return `wire ${blow}`;
    const { pid } = product.parts[blow.part];
    if (pid === null) return "nobody there";
    if ("signal" in blow) {
      sendSignal(pid, blow.signal);
      return `${blow.part} ${blow.signal}`;
    }
    sendSignal(pid, "SIGSTOP");
    await rest(blow.stopMs);
    sendSignal(pid, "SIGCONT");
    return `${blow.part} SIGSTOP`;
  }

  async function reap(): Promise<void> {
    while (!abort.signal.aborted) {
      await rest(((1 + random.next()) * everyMs * 2) / 3);
      const blow = blows[random.below(blows.length)];
      if (abort.signal.aborted || blow === undefined) return;
      const what = await strike(blow);
      done[what] = (done[what] ?? 0) + 1;
    }
  }

  const reaping = reap();
  return {
    stop: async () => {
      abort.abort();
      await reaping;
      return done;
    },
  };
}
