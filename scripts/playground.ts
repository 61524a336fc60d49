import { createHash } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { refuseSecondStart } from "./data-folder.ts";
import { type Database, startEmbedded } from "./database.ts";
import { markAsDemo } from "./judge-database.ts";
import { migrate } from "./migrate.ts";
import { refuseBusyPort } from "./ports.ts";
import { buildPages, generateClient } from "./prepare.ts";
import type { ProcessGroup } from "./process-group.ts";
import { sandboxProgram, webProgram, workerProgram } from "./programs.ts";
import { Refusal } from "./refusal.ts";
import { playLeads } from "./sandbox-client.ts";
import { completeSettings } from "./settings.ts";
import { untilApplied } from "./until-applied.ts";
import { waitForAnswer } from "./wait-for.ts";

/** The whole product with a local Meta beside it: what the demo, development and browser tests run on. */
export type Playground = { appUrl: string; sandboxUrl: string; databaseUrl: string };

export type PlaygroundOptions = {
  group: ProcessGroup;
  purpose: "demo" | "dev";
  command: string;
  dataDir: string;
  port: number;
  sandboxPort: number;
  /** Leads played through the sandbox at the first start, and fresh ones at each later start. */
  leads: { first: number; later: number };
};

export const DEMO_PASSWORD = "lead-inbox-demo";
export const DEMO_AGENTS = [
  { name: "Anna Agent", email: "anna.agent@demo.example", role: "agent" },
  { name: "Mia Manager", email: "mia.manager@demo.example", role: "manager" },
  { name: "Adam Admin", email: "adam.admin@demo.example", role: "admin" },
];
/** The pages of the sandbox's world, see sandbox/README.md. */
const DEMO_PAGES = [
  { id: "104411223344556", name: "Solar Süd", hasHumanAgent: true, instagramOf: null },
  { id: "104411223399887", name: "Nordlicht Küchen", hasHumanAgent: false, instagramOf: null },
  { id: "17841400099887766", name: "Solar Süd (Instagram)", hasHumanAgent: true, instagramOf: "104411223344556" },
];
const HOST = "127.0.0.1";

export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const { group, dataDir, port, sandboxPort } = options;
  const isDev = options.purpose === "dev";
  refuseSecondStart(dataDir);
  await refuseBusyPort(port, HOST, "PORT");
  await refuseBusyPort(sandboxPort, HOST, "SANDBOX_PORT");

  const database = await startEmbedded(dataDir, options.purpose, options.command);
  group.onStop(database.stop);
  const env = playgroundSettings(options, database);
  await generateClient(group);
  if (!isDev) await buildPages(group);
  await migrate(group, database.adminUrl);
  await markAsDemo(database.url);
  const isFirst = !existsSync(join(dataDir, "seeded.json"));
  if (isFirst) await signEverybodyUp(group, env);

  const sandboxUrl = `http://${HOST}:${sandboxPort}`;
  const webUrl = `http://${HOST}:${port}`;
  group.keep(
    sandboxProgram(env, {
      SANDBOX_PORT: String(sandboxPort),
      SANDBOX_STATE: join(dataDir, "sandbox.json"),
      SANDBOX_WEBHOOK_URL: `${webUrl}/api/messenger/webhook`,
    }),
  );
  group.keep(workerProgram(env, isDev));
  group.keep(webProgram(env, isDev));
  await answers(group, "web", `${webUrl}/healthz`);
  await answers(group, "sandbox", `${sandboxUrl}/control/health`);
  const count = isFirst ? options.leads.first : options.leads.later;
  if (count > 0) await playLeads(sandboxUrl, count, isFirst ? 9 * 24 : 6);
  if (isFirst && count > 0) await untilApplied(database.url, () => group.isStopping);
  if (isFirst) writeFileSync(join(dataDir, "seeded.json"), `${JSON.stringify({ at: new Date(), count })}\n`);
  return { appUrl: env.APP_URL ?? "", sandboxUrl, databaseUrl: database.url };
}

function playgroundSettings(
  { purpose, dataDir, port, sandboxPort }: PlaygroundOptions,
  database: Database,
): NodeJS.ProcessEnv {
  const secret = createHash("sha256").update(`sandbox ${database.kept?.AUTH_SECRET}`).digest("hex");
  return completeSettings(database, {
    NODE_ENV: purpose === "dev" ? "development" : "production",
    HOST: process.env.HOST || HOST,
    PORT: String(port),
    APP_URL: `http://localhost:${port}`,
    DATA_DIR: dataDir,
    META_APP_ID: "1122334455667788",
    META_APP_SECRET: secret,
    META_GRAPH_URL: `http://${HOST}:${sandboxPort}`,
    META_GRAPH_VERSION: "v26.0",
    META_DIALOG_URL: `http://${HOST}:${sandboxPort}`,
    LOG_LEVEL: process.env.LOG_LEVEL || "warn",
    NEXT_TELEMETRY_DISABLED: "1",
  });
}

/** Through the operator's own commands, so that the demo has no second way in. */
async function signEverybodyUp(group: ProcessGroup, env: NodeJS.ProcessEnv): Promise<void> {
  const users = DEMO_AGENTS.map(({ name, email, role }) => [
    "scripts/user.ts",
    "create",
    "--if-missing",
    "--email",
    email,
    "--name",
    name,
    "--role",
    role,
    "--password",
    DEMO_PASSWORD,
  ]);
  const pages = DEMO_PAGES.map(({ id, name, hasHumanAgent, instagramOf }) => [
    "scripts/page.ts",
    "connect",
    "--id",
    id,
    "--name",
    name,
    "--token",
    `sandbox-page-token-${instagramOf ?? id}`,
    ...(hasHumanAgent ? ["--human-agent"] : []),
    ...(instagramOf === null ? [] : ["--instagram-of", instagramOf]),
  ]);
  const run = (args: string[]) =>
    group.run({ name: args[0] ?? "", args: ["--conditions=react-server", ...args], env, output: "ignore" });
  const codes = await Promise.all([...users, ...pages].map(run));
  if (codes.some((code) => code !== 0))
    throw new Refusal("The demo's agents and pages could not be set up: see above.");
}

async function answers(group: ProcessGroup, name: string, url: string): Promise<void> {
  let hasFailed = false;
  void group.failed.then(() => {
    hasFailed = true;
  });
  if (await waitForAnswer(url, () => hasFailed || group.isStopping)) return;
  throw new Refusal(`The ${name} process does not answer at ${url}: see above.`);
}
