import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answerControl, type Controlled } from "./control.ts";
import { newWorld } from "./demo.ts";
import { answerDialog, dialogPath } from "./dialog.ts";
import { answerGraph, graphPath } from "./graph.ts";
import { sendJson } from "./http.ts";
import { serveMedia, withMedia } from "./media.ts";
import type { Meta } from "./meta.ts";
import { closeConnections } from "./post.ts";
import { servePage } from "./static.ts";
import { createStore, loadWorld } from "./store.ts";
import { createStream } from "./stream.ts";
import { asWanted, isWanted } from "./subscriptions.ts";
import { viewThread } from "./view.ts";
import { createDeliverer, type Deliverer } from "./webhooks.ts";
import type { World } from "./world.ts";

/** The whole local Meta in one object: listen, and close. Tests start one of their own on a free port. */
export type SandboxOptions = {
  port: number;
  statePath: string | null;
  seed: string;
  webhookUrl: string;
  appId: string;
  appSecrets: readonly [string, ...string[]];
  verifyToken: string;
  now?: () => number;
};

export type Sandbox = { meta: Meta; address: string; deliverer(): Deliverer; close(): Promise<void> };

export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { now = Date.now, webhookUrl, appSecrets } = options;
  let address = "";
  let deliverer: Deliverer;
  const meta: Meta = {
    world: loadWorld(options.statePath, options.seed, options.appId),
    now,
    emit(update) {
      if (!isWanted(meta.world, update)) {
        meta.world.graph.unwanted += 1;
        deliverer.miss(update, "unwanted");
        return;
      }
      if (isLost(meta.world)) {
        deliverer.miss(update, "lost");
        return;
      }
      const wanted = asWanted(meta.world, update);
      meta.world.queue.push({ ...wanted, item: withMedia(meta, wanted.item) });
      store.saveSoon();
      deliverer.pump();
    },
    changed(thread) {
      store.saveSoon();
      stream.threadChanged(thread);
    },
    saved: () => store.saveSoon(),
    address: () => address,
    webhookUrl,
    worldChanged() {
      store.saveSoon();
      stream.reload();
    },
  };
  const store = createStore(options.statePath, () => meta.world);
  const stream = createStream({
    thread: (thread) => ({ kind: "thread", thread: viewThread(meta, thread) }),
    delivery: () => ({ kind: "delivery", delivery: deliverer.view() }),
  });
  const startDeliverer = () =>
    createDeliverer({
      world: meta.world,
      webhookUrl,
      appSecret: appSecrets[0],
      now,
      onChange() {
        store.saveSoon();
        stream.deliveryChanged();
      },
    });
  deliverer = startDeliverer();

  const controlled: Controlled = {
    meta,
    deliverer: () => deliverer,
    stream,
    reset(seed) {
      deliverer.stop();
      const { run } = meta.world;
      meta.world = newWorld(seed ?? meta.world.seed, options.appId);
      if (seed === undefined) meta.world.run = run + 1;
      deliverer = startDeliverer();
      store.saveSoon();
      stream.reload();
    },
    verify: () => verify(options),
  };

  const server = createServer((request, response) => {
    answer(controlled, appSecrets, request, response).catch((error: unknown) => {
      console.error("sandbox:", error);
      if (!response.headersSent) sendJson(response, 500, { error: "The sandbox failed; its log says why." });
    });
  });
  await listen(server, options.port);
  address = `http://127.0.0.1:${portOf(server.address())}`;
  // The new run is on disk before it makes its first id.
  store.saveNow();
  deliverer.pump();

  return {
    meta,
    address,
    deliverer: () => deliverer,
    async close() {
      deliverer.stop();
      stream.close();
      store.saveNow();
      closeConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

async function answer(
  sandbox: Controlled,
  appSecrets: readonly string[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? "/", "http://sandbox");
  if (dialogPath.test(url.pathname)) {
    if (isForeign(request)) sendJson(response, 403, { error: "Pages of another origin may not use this." });
    else await answerDialog(sandbox.meta, request, response, url);
  } else if (url.pathname.startsWith("/media/")) serveMedia(sandbox.meta, request, response, url);
  else if (graphPath.test(url.pathname)) await answerGraph(sandbox.meta, appSecrets, request, response, url);
  else if (isForeign(request)) sendJson(response, 403, { error: "Pages of another origin may not use this." });
  else if (url.pathname.startsWith("/control/")) await answerControl(sandbox, request, response, url);
  else await servePage(response, url.pathname);
}

/** Any site a developer visits could reach a loopback port; its browser says where the call came from. */
function isForeign({ headers }: IncomingMessage): boolean {
  return headers.origin !== undefined && headers.origin !== `http://${headers.host}`;
}

/** Whether this update gets lost on its way, as was ordered. */
function isLost(world: World): boolean {
  const { faults } = world;
  if (!faults.drop && faults.dropDeliveries === 0) return false;
  if (faults.dropDeliveries > 0) faults.dropDeliveries -= 1;
  world.lost += 1;
  return true;
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve());
  });
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("The sandbox is not listening.");
  return address.port;
}

/** What Meta does when a callback address is saved: it wants its challenge back. */
async function verify({ webhookUrl, verifyToken }: SandboxOptions): Promise<{ ok: boolean; status: number | null }> {
  const url = new URL(webhookUrl);
  const challenge = "1158201444";
  url.searchParams.set("hub.mode", "subscribe");
  url.searchParams.set("hub.verify_token", verifyToken);
  url.searchParams.set("hub.challenge", challenge);
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
    return { ok: response.status === 200 && (await response.text()) === challenge, status: response.status };
  } catch {
    return { ok: false, status: null };
  }
}
