import { z } from "zod";
import { startSandbox } from "./sandbox.ts";

/** `node sandbox/main.ts`: one local Meta, until it is told to stop. */
const settings = z
  .object({
    SANDBOX_PORT: z.coerce.number().int().min(0).max(65_535).default(4010),
    SANDBOX_STATE: z.string().min(1).default(".data/sandbox.json"),
    SANDBOX_SEED: z.string().min(1).default("lead-inbox"),
    SANDBOX_WEBHOOK_URL: z.url().default("http://127.0.0.1:3000/api/messenger/webhook"),
    META_APP_ID: z.string().regex(/^\d+$/).default("1122334455667788"),
    META_APP_SECRET: z.string().min(1).default("sandbox-app-secret"),
    META_VERIFY_TOKEN: z.string().min(1).default("sandbox-verify-token"),
  })
  .safeParse(process.env);

function leave(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}

if (!settings.success) leave(`The sandbox cannot start: ${z.prettifyError(settings.error).replaceAll("\n", " ")}`);
const env = settings.data;
const [firstSecret = "", ...moreSecrets] = env.META_APP_SECRET.split(",").map((secret) => secret.trim());

const sandbox = await startSandbox({
  port: env.SANDBOX_PORT,
  statePath: env.SANDBOX_STATE,
  seed: env.SANDBOX_SEED,
  webhookUrl: env.SANDBOX_WEBHOOK_URL,
  appId: env.META_APP_ID,
  appSecrets: [firstSecret, ...moreSecrets],
  verifyToken: env.META_VERIFY_TOKEN,
}).catch((error: unknown) => {
  if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") {
    leave(`Port ${env.SANDBOX_PORT} is in use: stop what listens there, or set SANDBOX_PORT to another port.`);
  }
  leave(`The sandbox cannot start: ${error instanceof Error ? error.message : String(error)}`);
});
console.log(`sandbox: ${sandbox.address} → ${env.SANDBOX_WEBHOOK_URL}`);

let isLeaving = false;
async function stop(): Promise<void> {
  if (isLeaving) return;
  isLeaving = true;
  try {
    await sandbox.close();
    process.exit(0);
  } catch (error) {
    leave(`The sandbox could not save its state: ${error instanceof Error ? error.message : String(error)}`);
  }
}
process.on("SIGTERM", stop);
process.on("SIGINT", stop);
