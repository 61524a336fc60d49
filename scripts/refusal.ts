/** What the operator must be told in one sentence: no stack, exit code 1. Anything else thrown is our fault. */
export class Refusal extends Error {
  override name = "Refusal";
}

/** Runs a command to its end and leaves; open handles (pools, watchers) do not keep it alive. */
export async function runCommand(command: () => Promise<number | undefined>): Promise<never> {
  try {
    process.exit((await command()) ?? 0);
  } catch (error) {
    console.error(error instanceof Refusal ? `\n${error.message}\n` : error);
    process.exit(1);
  }
}
