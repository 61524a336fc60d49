import { spawn } from "node:child_process";
import { chmodSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { atEnd, hasEnded } from "./endings.ts";
import { endServerOf, sweepLeftovers, throwawayFolder } from "./leftovers.ts";
import { type Command, childrenOf, commandOf, endProcess } from "./processes.ts";

/** The pages, the person and the app every benchmark uses. The first two are pages of the sandbox's world. */
export const PAGES = [
  { id: "104411223344556", name: "Solar Süd" },
  { id: "104411223399887", name: "Nordlicht Küchen" },
] as const;
export const ADMIN = { email: "bench@bench.example", password: "lead-inbox-bench" };
export const APP_ID = "1122334455667788";
export const APP_SECRET = "the-secret-of-the-bench";

const TRIES = 3;
const ROOT = join(import.meta.dirname, "..");

/** A fresh production installation in a folder that is thrown away, and how its three processes are started. */
export type Installation = {
  dataDir: string;
  appUrl: string;
  graphPort: number;
  database: Command;
  databaseUrl: string;
  web: Command;
  worker: Command;
  remove: () => void;
};

/**
 * Lets the product's own start command make everything, as an operator would, then looks at what it runs and
 * ends it: whoever drives the processes from here on starts exactly the same ones.
 */
export async function install(): Promise<Installation> {
  await sweepLeftovers();
  const dataDir = throwawayFolder();
  chmodSync(dataDir, 0o755);
  const port = await freePort();
  const graphPort = await freePort();
  const env = settings(dataDir, port, graphPort);
  const start = spawn(process.execPath, ["--conditions=react-server", "scripts/start.ts"], {
    cwd: ROOT,
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const remove = () => rmSync(dataDir, { recursive: true, force: true });
  const end = async () => {
    if (start.pid !== undefined && start.exitCode === null) await endProcess(start.pid, "SIGTERM", 30_000);
    await endServerOf(dataDir);
  };
  const isOver = atEnd(async () => {
    await end();
    remove();
  });
  try {
    const appUrl = `http://127.0.0.1:${port}`;
    await untilHealthy(appUrl, () => start.exitCode === null);
    await setUp(env);
    const find = (word: string) => commandWith(childrenOf(start.pid ?? 0), word);
    const [database, web, worker] = [find("postgres"), find("server.ts"), find("worker/main.ts")];
    const databaseUrl = web.env.DATABASE_URL ?? "";
    return { dataDir, appUrl, graphPort, database, databaseUrl, web, worker, remove };
  } catch (error) {
    await end();
    remove();
    throw error;
  } finally {
    await end();
    isOver();
  }
}

function settings(dataDir: string, port: number, graphPort: number): NodeJS.ProcessEnv {
  const { DATABASE_URL: _, DATABASE_ADMIN_URL: __, ...given } = process.env;
  return {
    ...given,
    NODE_ENV: "production",
    HOST: "127.0.0.1",
    PORT: String(port),
    APP_URL: `http://127.0.0.1:${port}`,
    DATA_DIR: dataDir,
    META_APP_ID: APP_ID,
    META_APP_SECRET: APP_SECRET,
    META_GRAPH_URL: `http://127.0.0.1:${graphPort}`,
    LOG_LEVEL: process.env.LOG_LEVEL || "warn",
    NEXT_TELEMETRY_DISABLED: "1",
  };
}

/** By the operator's own commands. */
async function setUp(env: NodeJS.ProcessEnv): Promise<void> {
  const { email, password } = ADMIN;
  const user = ["create", "--email", email, "--name", "Bench", "--role", "admin", "--password", password];
  await run(["scripts/user.ts", ...user], env);
  for (const { id, name } of PAGES) {
    const token = `sandbox-page-token-${id}`;
    await run(["scripts/page.ts", "connect", "--id", id, "--name", name, "--token", token, "--human-agent"], env);
  }
}

/** Tried again on a machine so busy that it cannot even connect in time. */
async function run(args: string[], env: NodeJS.ProcessEnv): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const code = await runOnce(args, env);
    if (code === 0) return;
    if (tries === TRIES || hasEnded()) throw new Error(`${args[0]} ended with ${String(code)}: see above.`);
  }
}

async function runOnce(args: string[], env: NodeJS.ProcessEnv): Promise<unknown> {
  const child = spawn(process.execPath, ["--conditions=react-server", ...args], {
    cwd: ROOT,
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  return new Promise((resolve) => child.once("close", resolve));
}

function commandWith(pids: number[], word: string): Command {
  for (const pid of pids) {
    const command = commandOf(pid, ROOT);
    if (command.argv.some((arg) => arg.endsWith(word))) return command;
  }
  throw new Error(`The start command runs no ${word}.`);
}

export async function untilHealthy(appUrl: string, isAlive: () => boolean): Promise<void> {
  for (const until = Date.now() + 300_000; Date.now() < until; await wait(100)) {
    const isOk = await fetch(`${appUrl}/healthz`, { signal: AbortSignal.timeout(2_000) }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isOk) return;
    if (!isAlive()) break;
  }
  throw new Error(`Nothing answers at ${appUrl}/healthz.`);
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
