import { faultName } from "#lib/fault-name.ts";
import { log } from "#lib/log.ts";

/** One kind of work: `step` does one piece and says whether there may be more at once. Lanes are counted from 0. */
export type Loop = {
  name: string;
  step: (lane?: number) => Promise<boolean>;
  lanes: number;
  idleMs: number;
  /** A lane that found nothing looks again no sooner than this, however many hints come meanwhile. */
  pauseMs?: number;
};

export type RunningLoop = { wake: () => void; stop: () => Promise<void> };

const AFTER_FAILURE_MS = 1_000;

/**
 * Runs a loop: as fast as there is work, woken by a hint, and looking by itself every `idleMs`. A hint wakes one lane,
 * and a lane that finds piece after piece wakes the next: most hints speak of one thing, and looking costs.
 */
export function runLoop({ name, step, lanes, idleMs, pauseMs = 0 }: Loop): RunningLoop {
  let isStopping = false;
  let hints = 0;
  const sleepers = new Set<() => void>();
  const pausing = new Set<() => void>();

  const sleep = (ms: number, among: Set<() => void>) =>
    new Promise<void>((resolve) => {
      if (isStopping) return resolve();
      const wake = () => {
        clearTimeout(timer);
        among.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      among.add(wake);
    });
  // A hint that came while the last piece was looked for must not be slept over.
  const rest = (ms: number, seen: number) => (hints === seen ? sleep(ms, sleepers) : Promise.resolve());
  const wakeOne = () => {
    for (const wake of [...sleepers].slice(0, 1)) wake();
  };

  async function run(lane: number): Promise<void> {
    let inARow = 0;
    while (!isStopping) {
      const seen = hints;
      try {
        if (await step(lane)) {
          inARow += 1;
          if (inARow > 1) wakeOne();
          continue;
        }
        inARow = 0;
        if (pauseMs > 0) await sleep(pauseMs, pausing);
        await rest(idleMs, seen);
      } catch (cause) {
        log.error({ event: "loop.failed", loop: name, cause: faultName(cause) });
        await rest(AFTER_FAILURE_MS, hints);
      }
    }
  }

  const running = Promise.all(Array.from({ length: lanes }, (_, lane) => run(lane)));
  return {
    wake: () => {
      hints += 1;
      wakeOne();
    },
    stop: async () => {
      isStopping = true;
      for (const wake of [...sleepers, ...pausing]) wake();
      await running;
    },
  };
}
