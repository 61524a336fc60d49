import { parseArgs } from "node:util";
import { Refusal } from "./refusal.ts";
import { runCommand } from "./run-command.ts";
import { withInstallation } from "./with-installation.ts";

const USAGE = `npm run page -- connect --id ID --name "N" --token T [--human-agent] [--country DE] [--instagram-of PAGE_ID]
npm run page -- reconnect --id ID --token T
npm run page -- list
npm run page -- disconnect --id ID`;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    id: { type: "string" },
    name: { type: "string" },
    token: { type: "string" },
    "human-agent": { type: "boolean" },
    country: { type: "string" },
    "instagram-of": { type: "string" },
  },
});

const acts: Record<string, () => Promise<void>> = { connect, reconnect, list, disconnect };

await runCommand(async (group) => {
  const act = acts[positionals[0] ?? ""];
  if (act === undefined) throw new Refusal(USAGE);
  await withInstallation(group, "npm run page", act);
  return 0;
});

async function connect(): Promise<void> {
  const id = idOption();
  const name = options.name?.trim();
  const token = options.token?.trim();
  if (!name) throw new Refusal(`The page's name is missing: --name "N"`);
  if (!token) throw new Refusal("The page's access token is missing: --token T");
  const defaultCountry = options.country?.trim().toUpperCase();
  if (defaultCountry !== undefined && !/^[A-Z]{2}$/.test(defaultCountry)) {
    throw new Refusal("The country takes two letters, such as --country DE");
  }
  const { connectPage } = await import("#lib/pages/connect-page.ts");
  const graphId = options["instagram-of"]?.trim();
  const instagram = graphId === undefined ? {} : { platform: "instagram" as const, graphId };
  await connectPage({ id, name, token, hasHumanAgent: options["human-agent"], defaultCountry, ...instagram });
  console.log(`${name} (${id}) is connected. Events kept for it are applied by the running worker.`);
}

/** A new token for a page that is known; all else stays as it is. */
async function reconnect(): Promise<void> {
  const id = idOption();
  const token = options.token?.trim();
  if (!token) throw new Refusal("The page's new access token is missing: --token T");
  const { findPages } = await import("#lib/pages/find-pages.ts");
  const page = (await findPages(null)).find((one) => one.id === id);
  if (page === undefined) throw new Refusal(`No page has the id ${id}. npm run page -- connect makes one.`);
  const { connectPage } = await import("#lib/pages/connect-page.ts");
  await connectPage({ id, name: page.name, token });
  console.log(
    `${page.name} (${id}) is connected again. Replies that waited leave now, where their window is still open.`,
  );
}

async function list(): Promise<void> {
  const { findPages } = await import("#lib/pages/find-pages.ts");
  const pages = await findPages(null);
  for (const { id, name, isConnected } of pages)
    console.log(`${id.padEnd(20)} ${name}${isConnected ? "" : " (disconnected)"}`);
  if (pages.length === 0) console.log("No page yet.");
}

async function disconnect(): Promise<void> {
  const id = idOption();
  const { disconnectPage } = await import("#lib/pages/disconnect-page.ts");
  if ((await disconnectPage(id)) === "not-found") throw new Refusal(`No connected page has the id ${id}.`);
  console.log(`${id} is disconnected. Its leads stay; new events are kept and wait.`);
}

function idOption(): string {
  const id = options.id?.trim() ?? "";
  if (/^\d+$/.test(id)) return id;
  throw new Refusal("The page's id is missing: --id, the number from Meta");
}
