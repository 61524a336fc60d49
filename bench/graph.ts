import { spawn } from "node:child_process";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { atEnd } from "./endings.ts";
import { freePort, type Installation } from "./installation.ts";
import { endProcess } from "./processes.ts";
import type { Random } from "./random.ts";

/**
 * Meta as the sandbox plays it, and a door of ours in front that writes down every send it was asked for and,
 * where told to, answers unclearly.
 */
export type Graph = {
  /** By our `metadata`: how each asking was answered, in order. */
  asked: ReadonlyMap<string, Answer[]>;
  /** What the sandbox accepted, by our `metadata`, with its times. */
  accepted(): Promise<Map<string, number[]>>;
  control(path: string, body?: object): Promise<Record<string, unknown>>;
  close(): Promise<void>;
};

/** `cut-before`: never reached Meta, though we cannot know. `cut-after`, `error-after`, `silent`: Meta accepted it, though we cannot know. */
export type Answer = "plain" | "cut-before" | "cut-after" | "error-after" | "silent" | "throttled";

const UNCLEAR: readonly Answer[] = ["cut-before", "cut-after", "error-after", "silent", "throttled"];
/** What Meta certainly did not accept, and may be asked for again. */
export const CERTAINLY_NOT: ReadonlySet<Answer> = new Set(["throttled"]);
/** Longer than the worker waits for an answer. */
const SILENCE_MS = 12_000;
const THROTTLED = { error: { message: "Calls to this API have exceeded the rate limit.", code: 613 } };

/** `unclear`: which part of the sends is answered otherwise than plainly. */
export async function openGraph(installation: Installation, random: Random, unclear = 0): Promise<Graph> {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const { META_APP_ID, META_APP_SECRET, META_VERIFY_TOKEN, PATH } = installation.web.env;
  const sandbox = spawn(process.execPath, ["sandbox/main.ts"], {
    cwd: join(import.meta.dirname, ".."),
    env: {
      NODE_ENV: "production",
      PATH,
      META_APP_ID,
      META_APP_SECRET,
      META_VERIFY_TOKEN,
      SANDBOX_PORT: String(port),
      SANDBOX_STATE: join(installation.dataDir, "sandbox.json"),
      SANDBOX_WEBHOOK_URL: `${installation.appUrl}/api/messenger/webhook`,
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const endSandbox = async () => {
    if (sandbox.pid !== undefined && sandbox.exitCode === null) await endProcess(sandbox.pid);
  };
  const isOver = atEnd(endSandbox);

  const asked = new Map<string, Answer[]>();
  const choose = (): Answer => (random.next() < unclear ? (UNCLEAR[random.below(UNCLEAR.length)] ?? "plain") : "plain");
  const door = createServer((request, response) => {
    void pass(request, response).catch(() => response.destroy());
  });

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readAll(request);
    const metadata = metadataOf(request, body);
    const answer = metadata === null ? "plain" : choose();
    if (metadata !== null) asked.set(metadata, [...(asked.get(metadata) ?? []), answer]);
    if (answer === "cut-before") return void request.socket.destroy();
    if (answer === "throttled") {
      response.setHeader("retry-after", "2");
      return void say(response, 400, JSON.stringify(THROTTLED));
    }
    const { host: _, "content-length": __, connection: ___, ...headers } = request.headers;
    const told = await fetch(`${address}${request.url ?? "/"}`, {
      method: request.method ?? "GET",
      headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
      ...(body.length > 0 ? { body: new Uint8Array(body) } : {}),
    });
    const text = await told.text();
    if (answer === "silent") await wait(SILENCE_MS);
    if (answer === "cut-after" || answer === "silent") return void request.socket.destroy();
    if (answer === "error-after") return void say(response, 500, "<html>Sorry, something went wrong.</html>");
    say(response, told.status, text);
  }

  await new Promise<void>((resolve, reject) => {
    door.once("error", reject);
    door.listen(installation.graphPort, "127.0.0.1", resolve);
  });

  async function control(path: string, body?: object): Promise<Record<string, unknown>> {
    const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    const told = await fetch(`${address}/control/${path}`, init);
    if (!told.ok) throw new Error(`The sandbox refuses ${path}: ${await told.text()}`);
    return told.json();
  }
  for (let tries = 0; tries < 300; tries += 1) {
    const isUp = await control("health").then(
      () => true,
      () => false,
    );
    if (isUp) break;
    await wait(100);
  }

  return {
    asked,
    control,
    accepted: async () => {
      const { sent } = await control("sent");
      const times = new Map<string, number[]>();
      for (const { metadata, at } of Array.isArray(sent) ? sent : []) {
        if (typeof metadata === "string") times.set(metadata, [...(times.get(metadata) ?? []), Number(at)]);
      }
      return times;
    },
    close: async () => {
      door.closeAllConnections();
      door.close();
      await endSandbox();
      isOver();
    },
  };
}

function say(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(text);
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Ours, of a message being sent; null for every other question. */
function metadataOf(request: IncomingMessage, body: Buffer): string | null {
  if (request.method !== "POST" || !/\/messages(\?|$)/.test(request.url ?? "")) return null;
  return /"metadata":"([^"]+)"/.exec(body.toString("utf8"))?.[1] ?? null;
}
