import { dataDirectory, joinDatabase } from "./database.ts";
import { runCommand } from "./run-command.ts";
import { applyMigrations } from "./schema-engine.ts";

/** `npm run db:migrate`: brings the database to this version's schema. */
await runCommand(async (group) => {
  const database = await joinDatabase(dataDirectory(".data/main"), null, "npm run db:migrate");
  group.onStop(database.stop);
  const applied = await applyMigrations(database.adminUrl);
  console.log(applied.length > 0 ? `Applied ${applied.join(", ")}.` : "The database is up to date.");
  return 0;
});
