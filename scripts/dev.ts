import { dataDirectory } from "./database.ts";
import { DEMO_AGENTS, DEMO_PASSWORD, startPlayground } from "./playground.ts";
import { portSetting } from "./ports.ts";
import { ProcessGroup, stopOnSignals } from "./process-group.ts";
import { runCommand } from "./refusal.ts";

/** `npm run dev`: the product with hot reload, and the sandbox. Migrations are applied at the start only. */
const group = new ProcessGroup();
stopOnSignals(group);

await runCommand(async () => {
  try {
    const { appUrl, sandboxUrl } = await startPlayground({
      group,
      purpose: "dev",
      command: "npm run dev",
      dataDir: dataDirectory(".data/dev"),
      port: portSetting("PORT", 3000),
      sandboxPort: portSetting("SANDBOX_PORT", 4010),
      leads: { first: 60, later: 6 },
    });
    if (!group.isStopping) {
      console.log(
        `\n  Inbox ${appUrl}/leads · sandbox ${sandboxUrl} · sign in as ${DEMO_AGENTS[2]?.email}, ${DEMO_PASSWORD}\n`,
      );
    }
    return await group.failed;
  } finally {
    await group.stop();
  }
});
