import { dataDirectory } from "./database.ts";
import { DEMO_AGENTS, DEMO_PASSWORD, startPlayground } from "./playground.ts";
import { portSetting } from "./ports.ts";
import { runCommand } from "./run-command.ts";

/** `npm run dev`: the product with hot reload, and the sandbox. Migrations are applied at the start only. */
await runCommand(async (group) => {
  const { appUrl, sandboxUrl } = await startPlayground({
    group,
    purpose: "dev",
    command: "npm run dev",
    dataDir: dataDirectory(".data/dev"),
    port: portSetting("PORT", 3000),
    sandboxPort: portSetting("SANDBOX_PORT", 4010),
    leads: { first: 60, later: 6 },
  });
  const admin = DEMO_AGENTS.find(({ role }) => role === "admin");
  console.log(`\n  Inbox ${appUrl}/leads · sandbox ${sandboxUrl} · sign in as ${admin?.email}, ${DEMO_PASSWORD}\n`);
  return group.failed;
});
