import { z } from "zod";
import type { SandboxOptions } from "./sandbox.ts";

/** The sandbox's settings, and the sentence for whoever started it when it cannot start. */
const settings = z.object({
  SANDBOX_PORT: z.coerce.number().int().min(0).max(65_535).default(4010),
  SANDBOX_STATE: z.string().min(1).default(".data/sandbox.json"),
  SANDBOX_SEED: z.string().min(1).default("lead-inbox"),
  SANDBOX_WEBHOOK_URL: z.url({ protocol: /^https?$/ }).default("http://127.0.0.1:3000/api/messenger/webhook"),
  META_APP_ID: z.string().regex(/^\d+$/).default("1122334455667788"),
  META_APP_SECRET: z.string().min(1).default("sandbox-app-secret"),
  META_VERIFY_TOKEN: z.string().min(1).default("sandbox-verify-token"),
});

export function readSettings(env: Record<string, string | undefined>): SandboxOptions {
  const result = settings.safeParse(env);
  if (!result.success) throw new Error(z.prettifyError(result.error).replaceAll("\n", " "));
  const { data } = result;
  const [first = "", ...more] = data.META_APP_SECRET.split(",").map((secret) => secret.trim());
  return {
    port: data.SANDBOX_PORT,
    statePath: data.SANDBOX_STATE,
    seed: data.SANDBOX_SEED,
    webhookUrl: data.SANDBOX_WEBHOOK_URL,
    appId: data.META_APP_ID,
    appSecrets: [first, ...more],
    verifyToken: data.META_VERIFY_TOKEN,
  };
}

export function whyNotStarted(error: unknown): string {
  if (!(error instanceof Error)) return `The sandbox cannot start: ${String(error)}`;
  if ("code" in error && error.code === "EADDRINUSE" && "port" in error) {
    return `Port ${String(error.port)} is in use: stop what listens there, or set SANDBOX_PORT to another port.`;
  }
  return `The sandbox cannot start: ${error.message}`;
}
