import type { Program } from "./process-group.ts";

/** The long-running processes of the product, and of the local Meta beside it. */

export function webProgram(env: NodeJS.ProcessEnv, isDev = false): Program {
  return { name: "web", args: ["server.ts", ...(isDev ? ["--dev"] : [])], env };
}

export function workerProgram(env: NodeJS.ProcessEnv, isDev = false): Program {
  const args = [
    "--conditions=react-server",
    ...(isDev ? ["--watch", "--watch-preserve-output"] : []),
    "worker/main.ts",
  ];
  return { name: "worker", args, env: { ...env, LEAD_INBOX_PROCESS: "worker" } };
}

/** Knows nothing of ours but the address of the webhook and the secrets both sides share. */
export function sandboxProgram(env: NodeJS.ProcessEnv, own: Record<string, string>): Program {
  const { PATH, NODE_ENV, META_APP_ID, META_APP_SECRET, META_VERIFY_TOKEN } = env;
  return {
    name: "sandbox",
    args: ["sandbox/main.ts"],
    env: { PATH, NODE_ENV, META_APP_ID, META_APP_SECRET, META_VERIFY_TOKEN, ...own },
  };
}
