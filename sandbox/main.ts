import { type Sandbox, startSandbox } from "./sandbox.ts";
import { readSettings, whyNotStarted } from "./settings.ts";

/** `node sandbox/main.ts`: one local Meta, until it is told to stop. */
try {
  const options = readSettings(process.env);
  const sandbox = await startSandbox(options);
  console.log(`sandbox: ${sandbox.address} → ${options.webhookUrl}`);
  process.once("SIGTERM", () => stop(sandbox));
  process.once("SIGINT", () => stop(sandbox));
} catch (error) {
  console.error(whyNotStarted(error));
  process.exit(1);
}

async function stop(sandbox: Sandbox): Promise<void> {
  try {
    await sandbox.close();
    process.exit(0);
  } catch (error) {
    console.error("The sandbox could not save its state:", error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
