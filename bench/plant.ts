import { registerHooks } from "node:module";
import { bugs } from "./bugs.ts";

/**
 * Preloaded into the worker by `--sabotage NAME`: plants one bug into its sources while they are loaded, so that a
 * storm can show what it makes of it. Nothing on the disk changes.
 */
const name = process.env.BENCH_SABOTAGE ?? "";
const bug = bugs.find((one) => one.name === name);
if (bug === undefined) {
  console.error(`--sabotage knows ${bugs.map((one) => one.name).join(", ")}, not "${name}".`);
  process.exit(78);
}

registerHooks({
  load: (url, context, next) => {
    const loaded = next(url, context);
    if (!url.endsWith(bug.file)) return loaded;
    const source = typeof loaded.source === "string" ? loaded.source : new TextDecoder().decode(loaded.source);
    if (!source.includes(bug.from)) {
      console.error(`The bug "${name}" finds no place in ${bug.file} any more.`);
      process.exit(78);
    }
    return { ...loaded, source: source.replace(bug.from, bug.to) };
  },
});
