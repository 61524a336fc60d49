/** For tests: Meta as the sandbox plays it, in a process of its own, and the webhook's door in front of our database. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { env } from "#lib/env.ts";
import { isSignedByMeta } from "#lib/messenger/signature.ts";
import { connectPage } from "#lib/pages/connect-page.ts";
import { applyDeliveries } from "./apply-deliveries.ts";
import { keepDelivery } from "./keep-delivery.ts";

/** Routing is set up, our app is the default one and may take control. */
export const SOLAR = "104411223344556";
/** No routing: control is asked for, not taken. */
export const KITCHEN = "104411223399887";

export const ads = {
  /** Labels, summary; nothing is heard while the questions run. */
  roof: "120231004567890101",
  /** Everything is heard, our app may interrupt; no labels, no summary. */
  battery: "120231004567890102",
  /** Everything is heard, no interruption; a summary, no labels. */
  dream: "120231004567890103",
  /** No app connected: a referral and labels. */
  showroom: "120231004567890104",
} as const;

export type Ending =
  | "complete"
  | "disqualified"
  | "abandoned"
  | "stopped"
  | "interrupted_by_app"
  | "interrupted_by_inbox";

const played = z.object({
  pageId: z.string(),
  psid: z.string(),
  endedAt: z.number().transform((at) => new Date(at)),
  answers: z.array(z.object({ question: z.string(), answer: z.string() })),
});
export type Played = z.infer<typeof played>;

export type Stage = {
  /** Asks the sandbox's control interface; see sandbox/README.md. */
  control(path: string, body?: object): Promise<Record<string, unknown>>;
  /** Plays a whole flow; what the product is told of it waits for `settle`. */
  play(adId: string, ending: Ending, more?: { endedAt?: Date; psid?: string; answers?: string[] }): Promise<Played>;
  /** Until everything the product was told is kept and applied. */
  settle(): Promise<void>;
  close(): Promise<void>;
};

let people = 0;

/** A thread nobody has written in yet. */
export function newThread(pageId = SOLAR): { pageId: string; psid: string } {
  people += 1;
  return { pageId, psid: `77190066${String(people).padStart(8, "0")}` };
}

/** A delivery as the door keeps it, and everything that waits applied. */
export async function deliver(body: object | string): Promise<void> {
  await keepDelivery(new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body)), {});
  while (await applyDeliveries());
}

export const ago = (hours: number): Date => new Date(Date.now() - hours * 60 * 60 * 1000);

/** `through`: where calls to Meta go instead, given where they should. */
export async function openStage(through = async (meta: string): Promise<string> => meta): Promise<Stage> {
  const door = createServer((request, response) => {
    // Meta asks whether the address is ours before it subscribes to it.
    const asked = new URL(request.url ?? "/", "http://door").searchParams.get("hub.challenge");
    if (request.method === "GET") return void response.end(asked);
    void receive(request).then((status) => response.writeHead(status).end());
  });
  const webhook = await listening(door);
  const { sandbox, address } = await startSandbox(`http://127.0.0.1:${webhook}/`);
  process.env.META_GRAPH_URL = await through(address);
  await connectPage({ id: SOLAR, name: "Solar Süd", token: `sandbox-page-token-${SOLAR}` });
  await connectPage({ id: KITCHEN, name: "Nordlicht Küchen", token: `sandbox-page-token-${KITCHEN}` });

  const control: Stage["control"] = async (path, body) => {
    const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    const response = await fetch(`${address}/control/${path}`, init);
    const answer = z.record(z.string(), z.unknown()).parse(await response.json());
    if (!response.ok) throw new Error(`The sandbox refuses ${path}: ${String(answer.error)}`);
    return answer;
  };
  await control("delivery", { batch: 20 });

  return {
    control,
    play: async (adId, ending, more = {}) => played.parse(await control("flows", { adId, ending, ...more })),
    settle: async () => {
      await control("delivery/idle", {});
      while (await applyDeliveries());
    },
    close: async () => {
      const gone = once(sandbox, "exit");
      sandbox.kill();
      await gone;
      door.closeAllConnections();
      door.close();
    },
  };
}

/** What the webhook's route does, without Next around it. */
async function receive(request: IncomingMessage): Promise<number> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = new Uint8Array(Buffer.concat(chunks));
  const signature = request.headers["x-hub-signature-256"];
  if (!isSignedByMeta(body, typeof signature === "string" ? signature : null, env.META_APP_SECRET)) return 403;
  await keepDelivery(body, {});
  return 200;
}

async function startSandbox(webhookUrl: string): Promise<{ sandbox: ChildProcess; address: string }> {
  const main = join(import.meta.dirname, "../../sandbox/main.ts");
  const folder = mkdtempSync(join(tmpdir(), "lead-inbox-sandbox-"));
  const { META_APP_ID, META_APP_SECRET, META_VERIFY_TOKEN } = process.env;
  const settings = { META_APP_ID, META_APP_SECRET, META_VERIFY_TOKEN, SANDBOX_WEBHOOK_URL: webhookUrl };
  const sandbox = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      ...settings,
      SANDBOX_PORT: "0",
      SANDBOX_STATE: join(folder, "world.json"),
      SANDBOX_SEED: "tests",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  sandbox.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  for await (const said of sandbox.stdout.iterator({ destroyOnReturn: false })) {
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(String(said))?.[0];
    if (address !== undefined) return { sandbox, address };
  }
  throw new Error("The sandbox ended before it listened.");
}

async function listening(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The door has no port.");
  return address.port;
}
