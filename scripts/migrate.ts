import { spawn } from "node:child_process";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..");

/** Runs a program of this project to its end; its exit code is the answer. */
export function runNode(script: string[], env: NodeJS.ProcessEnv = process.env): Promise<number> {
  return run(process.execPath, script, env);
}

export function run(command: string, args: string[], env: NodeJS.ProcessEnv = process.env): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, env, stdio: "inherit" });
    child.once("error", reject);
    child.once("close", (code, signal) => resolve(code ?? (signal === null ? 0 : 1)));
  });
}

/** Migrates in a process of its own: the engine's connections would keep this one from ending. */
export async function migrate(url: string): Promise<void> {
  const code = await runNode(["scripts/db-migrate.ts"], { ...process.env, DATABASE_URL: url, DATABASE_ADMIN_URL: url });
  if (code !== 0) throw new Error("The migrations could not be applied: see above.");
}
