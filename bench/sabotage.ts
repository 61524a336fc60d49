import { registerHooks } from "node:module";

/**
 * Preloaded into the worker by `--sabotage NAME`: plants one bug into its sources while they are loaded, so that
 * the storms can show that they would catch it. Nothing on the disk changes.
 */
type Bug = { file: string; from: string; to: string };

const bugs: Record<string, Bug> = {
  // Sends again what Meta may have accepted.
  "resend-on-timeout": {
    file: "lib/threads/settle-reply.ts",
    from: 'return move(tx, reply, { state: "unknown", stateReason: "unclear", settledAt: new Date() });',
    to: 'return putBack(tx, reply, "metaUnavailable", 1_000);',
  },
  // Calls a delivery done before its events are applied: who is killed between the two loses them.
  "done-before-applied": {
    file: "lib/inbound/apply-delivery.ts",
    from: "const { events, reason } = open(delivery);",
    to: "const { events, reason } = open(delivery); await finishDelivery(delivery, reason, events);",
  },
  // Loses the bytes once they are understood.
  "raw-dropped": {
    file: "lib/inbound/finish-delivery.ts",
    from: '"leaseUntil" = NULL,',
    to: `"leaseUntil" = NULL, body = '',`,
  },
};

const name = process.env.BENCH_SABOTAGE ?? "";
const bug = bugs[name];
if (bug === undefined) {
  console.error(`--sabotage knows ${Object.keys(bugs).join(", ")}, not "${name}".`);
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
