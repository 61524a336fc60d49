import type { Options } from "./options.ts";
import { clockAhead } from "./trial-clock.ts";
import { databaseStopped, diskFull } from "./trial-outages.ts";
import { twoWorkers, workerStopped } from "./trial-workers.ts";

/** What goes wrong in real life, each by its own name; `trials` is all of them, one after the other. */
export const trials: Record<string, (options: Options) => Promise<void>> = {
  "database-stopped": databaseStopped,
  "disk-full": diskFull,
  "worker-stopped": workerStopped,
  "two-workers": twoWorkers,
  "clock-ahead": clockAhead,
};

export async function allTrials(options: Options): Promise<void> {
  for (const trial of Object.values(trials)) await trial(options);
}
