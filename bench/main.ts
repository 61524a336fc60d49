import { apply } from "./apply.ts";
import { doubleSend } from "./double-send.ts";
import { ingest, ingestBatch } from "./ingest.ts";
import { latency } from "./latency.ts";
import { type Options, readOptions } from "./options.ts";
import { replies } from "./replies.ts";
import { storm } from "./storm.ts";

/** `npm run bench -- NAME`: one benchmark or storm on the real processes, in a folder that is thrown away. */
const benches: Record<string, (options: Options) => Promise<void>> = {
  apply,
  ingest,
  "ingest-batch": ingestBatch,
  latency,
  replies,
  storm,
  "double-send": doubleSend,
};

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(130));

const { name, options } = readOptions(process.argv.slice(2));
const bench = benches[name];
if (bench === undefined) {
  console.error(
    `npm run bench -- NAME [--full] [--seed S] [--sabotage BUG], where NAME is one of: ${Object.keys(benches).join(", ")}.`,
  );
  process.exit(1);
}
await bench(options);
process.exit();
