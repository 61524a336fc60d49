import { dataDirectory, joinDatabase } from "./database.ts";
import { migrate } from "./migrate.ts";
import { generateClient } from "./prepare.ts";
import type { ProcessGroup } from "./process-group.ts";
import { completeSettings } from "./settings.ts";

/**
 * Runs an act with this installation's settings. Acts import what touches the database when they run:
 * on a fresh clone its client is only made here.
 */
export async function withInstallation(group: ProcessGroup, command: string, act: () => Promise<void>): Promise<void> {
  const dataDir = dataDirectory(".data/main");
  const database = await joinDatabase(dataDir, null, command);
  group.onStop(database.stop);
  Object.assign(process.env, completeSettings(database, { DATA_DIR: dataDir, LOG_LEVEL: "warn" }));
  await generateClient(group);
  if (database.kept !== null) await migrate(group, database.adminUrl);
  await act();
}
