import { ProcessGroup } from "./process-group.ts";
import { Refusal } from "./refusal.ts";

/**
 * Runs a command to its end, ends everything it started, and leaves with its exit code. Ctrl-C and its like
 * end it in the same order; a second press changes nothing. Open handles do not keep the process alive.
 */
export async function runCommand(command: (group: ProcessGroup) => Promise<number>): Promise<never> {
  const group = new ProcessGroup();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => void group.stop().then(() => process.exit(0)));
  }
  let code = 1;
  try {
    code = await command(group);
  } catch (error) {
    if (!group.isStopping) console.error(error instanceof Refusal ? `\n${error.message}\n` : error);
    else code = 0;
  }
  await group.stop();
  process.exit(code);
}
