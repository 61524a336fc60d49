import type { ProcessGroup } from "./process-group.ts";
import { Refusal } from "./refusal.ts";

/** Migrates in a process of its own: the engine's connections would keep this one from ending. */
export async function migrate(group: ProcessGroup, url: string): Promise<void> {
  const env = { ...process.env, DATABASE_URL: url, DATABASE_ADMIN_URL: url };
  const code = await group.run({ name: "migrations", args: ["scripts/db-migrate.ts"], env, output: "on-failure" });
  if (code !== 0) throw new Refusal("The migrations could not be applied: see above.");
}
