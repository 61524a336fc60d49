import { createServer, type Server } from "node:http";
import { bodyText } from "./http.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "./sandbox.ts";

/** For tests: a stand-in for the product's webhook, and a sandbox that delivers to it, both on free ports. */
export type Wire = { body: string; signature: string };
/** One webhook item, flattened: its channel, and the item as parsed JSON. */
export type Heard = { channel: string; pageId: string; time: number; hop: unknown; item: Record<string, unknown> };
export type Json = Record<string, unknown>;

export const SOLAR = "104411223344556";
export const KITCHEN = "104411223399887";
export const OURS = "1122334455667788";
export const INBOX = "263902037430900";
export const ROOF = "120231004567890101";
export const BATTERY = "120231004567890102";
export const DREAM = "120231004567890103";
export const SHOWROOM = "120231004567890104";
export const NOW = Date.parse("2026-11-20T12:00:00Z");

export type Stage = {
  sandbox: Sandbox;
  wires: Wire[];
  clock: { now: number };
  /** Statuses the product answers next; afterwards 200. */
  statuses: number[];
  control(path: string, body?: Json, method?: string): Promise<Json>;
  put(path: string, body: Json): Promise<Json>;
  patch(path: string, body: Json): Promise<Json>;
  graph(path: string, body?: Json, token?: string): Promise<{ status: number; json: Json }>;
  /** The PSID of somebody who went through an ad's questions; what the product heard of it is past. */
  lead(adId?: string, ending?: string, endedAt?: number): Promise<string>;
  /** Everything heard since the last call, once all of it is delivered. */
  heard(): Promise<Heard[]>;
  restart(): Promise<void>;
  close(): Promise<void>;
};

export async function openStage(more: Partial<SandboxOptions> = {}): Promise<Stage> {
  const wires: Wire[] = [];
  const statuses: number[] = [];
  const clock = { now: NOW };
  const product = createServer((request, response) => {
    void bodyText(request).then((body) => {
      const status = statuses.shift() ?? 200;
      if (status === 200) wires.push({ body, signature: String(request.headers["x-hub-signature-256"]) });
      response.writeHead(status).end();
    });
  });
  const port = await listening(product);
  const start = () =>
    startSandbox({
      port: 0,
      statePath: null,
      seed: "test",
      webhookUrl: `http://127.0.0.1:${port}/webhook`,
      appId: OURS,
      appSecrets: ["secret"],
      verifyToken: "verify",
      now: () => clock.now,
      ...more,
    });
  let sandbox = await start();
  let seen = 0;

  async function heard(): Promise<Heard[]> {
    await control("delivery/idle", {});
    const fresh = wires.slice(seen);
    seen = wires.length;
    return fresh.flatMap(({ body }) => itemsOf(body));
  }

  async function control(path: string, body?: Json, method = "POST"): Promise<Json> {
    const request = body === undefined ? {} : { method, body: JSON.stringify(body) };
    const response = await fetch(`${sandbox.address}/control/${path}`, request);
    return { ...(await response.json()), status: response.status };
  }

  return {
    get sandbox() {
      return sandbox;
    },
    wires,
    clock,
    statuses,
    control,
    put: (path, body) => control(path, body, "PUT"),
    patch: (path, body) => control(path, body, "PATCH"),
    async graph(path, body, token = `sandbox-page-token-${SOLAR}`) {
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
      const init = body === undefined ? { headers } : { headers, method: "POST", body: JSON.stringify(body) };
      const response = await fetch(`${sandbox.address}/v26.0/${path}`, init);
      return { status: response.status, json: await response.json() };
    },
    heard,
    async lead(adId = ROOF, ending = "complete", endedAt = NOW) {
      const played = await control("flows", { adId, ending, endedAt });
      await heard();
      return String(played.psid);
    },
    async restart() {
      await sandbox.close();
      sandbox = await start();
    },
    async close() {
      await sandbox.close();
      product.closeAllConnections();
      await new Promise((resolve) => product.close(resolve));
    },
  };
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") reject(new Error("not listening"));
      else resolve(address.port);
    });
  });
}

export function itemsOf(body: string): Heard[] {
  const { entry }: { entry: (Json & { id: string; time: number })[] } = JSON.parse(body);
  return entry.flatMap(({ id, time, hop_context: hop, ...lists }) =>
    Object.entries(lists).flatMap(([channel, items]) =>
      (Array.isArray(items) ? items : []).map((item: Json) => ({ channel, pageId: id, time, hop, item })),
    ),
  );
}

/** A word for an item: what a reader of a sequence wants to see. */
export function word({ channel, item }: Heard): string {
  const place = channel === "standby" ? "standby " : "";
  if (isJson(item.value) && isJson(item.value.label))
    return `${String(item.value.action)} ${String(item.value.label.page_label_name)}`;
  if (isJson(item.referral)) return `${place}${String(item.referral.type)}`;
  if (isJson(item.message)) {
    if (item.message.is_echo === true) return `${place}echo ${String(item.message.app_id)}`;
    return item.hop_context === undefined ? `${place}message` : `${place}summary`;
  }
  const [key = "nothing"] = Object.keys(item).filter((name) => !["sender", "recipient", "timestamp"].includes(name));
  return place + key;
}

export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
