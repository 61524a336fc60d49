import { spawn } from "node:child_process";
import { ROOT } from "./process-group.ts";

/** Migrates in a process of its own: the engine's connections would keep this one from ending. */
export function migrate(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["scripts/db-migrate.ts"], {
      cwd: ROOT,
      env: { ...process.env, DATABASE_URL: url, DATABASE_ADMIN_URL: url },
      stdio: ["ignore", "ignore", "inherit"],
    });
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0 ? resolve() : reject(new Error("The migrations could not be applied: see above.")),
    );
  });
}
