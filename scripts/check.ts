import { checkNames, runChecks } from "./checks.ts";
import { Refusal } from "./refusal.ts";
import { runCommand } from "./run-command.ts";

/** `npm run check`: types, lint, import arrows, dead code, fast tests. `npm run check -- lint` runs one of them. */
await runCommand(async (group) => {
  const asked = process.argv.slice(2);
  const unknown = asked.find((name) => !checkNames.some((known) => known === name));
  if (unknown !== undefined) throw new Refusal(`npm run check knows ${checkNames.join(", ")}, not "${unknown}".`);
  const chosen = asked.length === 0 ? checkNames : checkNames.filter((name) => asked.includes(name));
  const failed = (await runChecks(group, chosen)).filter(({ isOk }) => !isOk);
  console.log(failed.length === 0 ? "\nAll well." : `\nFailed: ${failed.map(({ name }) => name).join(", ")}.`);
  return failed.length === 0 ? 0 : 1;
});
