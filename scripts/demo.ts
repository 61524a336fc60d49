import { dataDirectory } from "./database.ts";
import { DEMO_AGENTS, DEMO_PASSWORD, startPlayground } from "./playground.ts";
import { portSetting } from "./ports.ts";
import { runCommand } from "./run-command.ts";

/** `npm run demo`: the product with a local Meta, invented people and their leads. Ctrl-C ends everything. */
await runCommand(async (group) => {
  const { appUrl, sandboxUrl } = await startPlayground({
    group,
    purpose: "demo",
    command: "npm run demo",
    dataDir: dataDirectory(".data/demo"),
    port: portSetting("PORT", 3000),
    sandboxPort: portSetting("SANDBOX_PORT", 4010),
    leads: { first: 400, later: 12 },
  });
  console.log(welcome(appUrl, sandboxUrl));
  return group.failed;
});

function welcome(appUrl: string, sandboxUrl: string): string {
  const agents = DEMO_AGENTS.map(({ email, role }) => `    ${email.padEnd(28)} ${DEMO_PASSWORD}   (${role})`);
  return [
    "",
    "  Lead Inbox is running.",
    "",
    `  Inbox     ${appUrl}/leads`,
    `  Sandbox   ${sandboxUrl}   (tap an ad, be the customer)`,
    "",
    "  Sign in as",
    ...agents,
    "",
    "  Ctrl-C ends everything.",
    "",
  ].join("\n");
}
