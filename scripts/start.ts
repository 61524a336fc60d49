import { refuseSecondStart } from "./data-folder.ts";
import { type Database, dataDirectory, joinDatabase, startDatabase } from "./database.ts";
import { hasAdministrator, judgeDatabase } from "./judge-database.ts";
import { migrate } from "./migrate.ts";
import { portSetting, refuseBusyPort } from "./ports.ts";
import { buildPages, generateClient } from "./prepare.ts";
import type { ProcessGroup } from "./process-group.ts";
import { webProgram, workerProgram } from "./programs.ts";
import { Refusal } from "./refusal.ts";
import { runCommand } from "./run-command.ts";
import { completeSettings } from "./settings.ts";
import { waitForAnswer } from "./wait-for.ts";

/** `npm start`: production on this machine. `npm start -- web` or `-- worker` runs one of the two. */
await runCommand(async (group) => {
  await start(group, chosenPart());
  return group.failed;
});

type Part = "web" | "worker" | "both";

async function start(group: ProcessGroup, part: Part): Promise<void> {
  const port = portSetting("PORT", 3000);
  const dataDir = dataDirectory(".data/main");
  if (part === "both" && !process.env.DATABASE_URL) refuseSecondStart(dataDir);
  if (part !== "worker") await refuseBusyPort(port, process.env.HOST || "::", "PORT");
  const database = await openDatabase(dataDir, part);
  group.onStop(database.stop);
  const env = completeSettings(database, {
    NODE_ENV: "production",
    PORT: String(port),
    DATA_DIR: dataDir,
    APP_URL: process.env.APP_URL || `http://localhost:${port}`,
  });

  await judgeDatabase(database.url, database.kept !== null);
  await generateClient(group);
  if (part !== "worker") await buildPages(group);
  await migrate(group, database.adminUrl);

  if (part !== "web") group.keep(workerProgram(env));
  if (part === "worker") return console.log("The worker runs.");
  group.keep(webProgram(env));
  await waitForAnswer(`http://127.0.0.1:${port}/healthz`, () => group.isStopping);
  console.log(`\nLead Inbox: ${env.APP_URL}`);
  if (await hasAdministrator(database.url)) return;
  console.log('Nobody may sign in yet: npm run user -- create --email a@b.c --name "A B" --role admin');
}

/** Web and worker started apart share one embedded server: the first brings it. */
function openDatabase(dataDir: string, part: Part): Promise<Database> {
  return part === "both"
    ? startDatabase(dataDir, "production", "npm start")
    : joinDatabase(dataDir, "production", `npm start -- ${part}`);
}

function chosenPart(): Part {
  const part = process.argv[2] ?? "both";
  if (part === "web" || part === "worker" || part === "both") return part;
  throw new Refusal(`npm start knows web and worker, not "${part}".`);
}
