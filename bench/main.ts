import { answers } from "./answers.ts";
import { apply } from "./apply.ts";
import { backlog } from "./backlog.ts";
import { doubleSend } from "./double-send.ts";
import { endAll, hasEnded } from "./endings.ts";
import { ingest, ingestBatch } from "./ingest.ts";
import { latency } from "./latency.ts";
import { type Options, readOptions } from "./options.ts";
import { replies } from "./replies.ts";
import { sabotage } from "./sabotage.ts";
import { storm } from "./storm.ts";
import { allTrials, trials } from "./trials.ts";

/** `npm run bench -- NAME`: one benchmark or storm on the real processes, in a folder that is thrown away. */
const benches: Record<string, (options: Options) => Promise<void>> = {
  answers,
  apply,
  ingest,
  "ingest-batch": ingestBatch,
  latency,
  backlog,
  replies,
  storm,
  "double-send": doubleSend,
  sabotage,
  trials: allTrials,
  ...trials,
};

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => void endAll().then(() => process.exit(130)));
}

const { name, options } = readOptions(process.argv.slice(2));
const bench = benches[name];
if (bench === undefined) {
  console.error(
    `npm run bench -- NAME [--ci | --full] [--seed S] [--sabotage BUG], where NAME is one of: ${Object.keys(benches).join(", ")}.`,
  );
  process.exit(1);
}
try {
  await bench(options);
} catch (error) {
  // Whoever interrupted us needs no more than that everything ends.
  if (!hasEnded()) console.error(error);
  process.exitCode = 1;
}
if (hasEnded()) await new Promise(() => undefined);
if (process.exitCode === 1) {
  const given = process.argv.slice(3).filter((arg, i, all) => arg !== "--seed" && all[i - 1] !== "--seed");
  console.error(`\nOnce more: ${["npm run bench --", name, ...given, "--seed", options.seed].join(" ")}`);
}
await endAll();
process.exit();
