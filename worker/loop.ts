import { faultName } from "#lib/fault-name.ts";
import { log } from "#lib/log.ts";

/** One kind of work: `step` does one piece and says whether there may be more at once. Lanes are counted from 0. */
export type Loop = { name: string; step: (lane?: number) => Promise<boolean>; lanes: number; idleMs: number };

export type RunningLoop = { wake: () => void; stop: () => Promise<void> };

const AFTER_FAILURE_MS = 1_000;

/** Runs a loop: as fast as there is work, woken by a hint, and looking by itself every `idleMs`. */
export function runLoop({ name, step, lanes, idleMs }: Loop): RunningLoop {
  let isStopping = false;
  let hints = 0;
  const sleepers = new Set<() => void>();

  const rest = (ms: number, seen: number) =>
    new Promise<void>((resolve) => {
      // A hint that came while the last piece was looked for must not be slept over.
      if (isStopping || hints !== seen) return resolve();
      const wake = () => {
        clearTimeout(timer);
        sleepers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      sleepers.add(wake);
    });
  const wakeAll = () => {
    hints += 1;
    for (const wake of [...sleepers]) wake();
  };

  async function run(lane: number): Promise<void> {
    while (!isStopping) {
      const seen = hints;
      try {
        if (!(await step(lane))) await rest(idleMs, seen);
      } catch (cause) {
        log.error({ event: "loop.failed", loop: name, cause: faultName(cause) });
        await rest(AFTER_FAILURE_MS, hints);
      }
    }
  }

  const running = Promise.all(Array.from({ length: lanes }, (_, lane) => run(lane)));
  return {
    wake: wakeAll,
    stop: async () => {
      isStopping = true;
      wakeAll();
      await running;
    },
  };
}
