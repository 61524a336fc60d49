import { dataDirectory, joinDatabase } from "./database.ts";
import { runCommand } from "./refusal.ts";
import { applyMigrations } from "./schema-engine.ts";

/** `npm run db:migrate`: brings the database to this version's schema. */
await runCommand(async () => {
  const database = await joinDatabase(dataDirectory(".data/main"), null, "npm run db:migrate");
  try {
    const applied = await applyMigrations(database.adminUrl);
    if (applied.length > 0) console.log(`Applied ${applied.join(", ")}.`);
    else if (process.env.npm_lifecycle_event === "db:migrate") console.log("The database is up to date.");
    return 0;
  } finally {
    await database.stop();
  }
});
