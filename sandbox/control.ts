import type { IncomingMessage, ServerResponse } from "node:http";
import { acts } from "./control-acts.ts";
import * as bodies from "./control-bodies.ts";
import { answerPlays } from "./control-plays.ts";
import { answerSettings } from "./control-settings.ts";
import { orderGraphFaults, viewGraphFaults } from "./graph-faults.ts";
import { bodyText, sendJson } from "./http.ts";
import { type Meta, pageOf, Refusal, threadOf } from "./meta.ts";
import { read } from "./read-body.ts";
import { seedWorld } from "./seed.ts";
import type { Stream } from "./stream.ts";
import { noteAttempt, viewSubscriptions } from "./subscriptions.ts";
import { viewState, viewThread } from "./view.ts";
import type { Deliverer } from "./webhooks.ts";

/** The control interface: what tests, the demo and the people's page may ask of this world. */
export type Controlled = {
  meta: Meta;
  deliverer(): Deliverer;
  stream: Stream;
  reset(seed: string | undefined): void;
  verify(): Promise<{ ok: boolean; status: number | null }>;
};

type Answer = { status?: number; body: unknown };
type Asked = { sandbox: Controlled; url: URL; body: unknown };

const DAY = 24 * 60 * 60 * 1000;

export async function answerControl(
  sandbox: Controlled,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const path = url.pathname.replace(/^\/control\//, "");
  if (path === "stream" && request.method === "GET") {
    sandbox.stream.open(response);
    return;
  }
  try {
    const body = request.method === "GET" ? Object.fromEntries(url.searchParams) : readJson(await bodyText(request));
    const { status = 200, body: answer } = await route(request.method ?? "GET", path, { sandbox, url, body });
    sendJson(response, status, answer);
  } catch (error) {
    if (error instanceof Refusal) sendJson(response, error.status, { error: error.message });
    else throw error;
  }
}

function readJson(text: string): unknown {
  if (text.trim() === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, "The body is not JSON.");
  }
}

async function route(method: string, path: string, asked: Asked): Promise<Answer> {
  const act = acts[path];
  const settled =
    answerSettings(asked.sandbox.meta, method, path, asked.body) ??
    answerPlays(asked.sandbox.meta, method, path, asked.body);
  if (settled !== undefined) return { body: settled };
  if (method === "POST" && act !== undefined) return { body: act(asked.sandbox.meta, asked.body) };
  const handler = handlers[`${method} ${path}`];
  if (handler !== undefined) return handler(asked);
  const [, pageId, psid] = /^threads\/(\d+)\/(\d+)$/.exec(path) ?? [];
  if (method === "GET" && pageId !== undefined && psid !== undefined) {
    const { meta } = asked.sandbox;
    return { body: viewThread(meta, threadOf(meta.world, pageId, psid)) };
  }
  throw new Refusal(404, `There is no ${method} /control/${path}. sandbox/README.md lists the routes.`);
}

const handlers: Record<string, (asked: Asked) => Answer | Promise<Answer>> = {
  "GET health": () => ({ body: { ok: true } }),

  "GET state": ({ sandbox, url }) => {
    const most = Number(url.searchParams.get("threads") ?? 30);
    if (!Number.isInteger(most) || most < 0) throw new Refusal(400, "threads must be a number.");
    return { body: viewState(sandbox.meta, sandbox.deliverer(), most) };
  },

  "GET sent": ({ sandbox, url }) => {
    const metadata = url.searchParams.get("metadata");
    const { sent } = sandbox.meta.world;
    return { body: { sent: metadata === null ? sent : sent.filter((record) => record.metadata === metadata) } };
  },

  "GET deliveries": ({ sandbox, url }) => {
    const limit = Math.max(1, Number(url.searchParams.get("limit") ?? 100) || 100);
    const records = sandbox.meta.world.log.slice(-limit);
    const deliverer = sandbox.deliverer();
    return { body: { deliveries: records.map((record) => ({ ...record, body: deliverer.bodyOf(record.id) })) } };
  },

  "POST reset": ({ sandbox, body }) => {
    sandbox.reset(read(bodies.resetBody, body).seed);
    return { body: { ok: true, run: sandbox.meta.world.run } };
  },

  "POST seed": ({ sandbox, body }) => {
    const { count, from, to, days, seed, batch } = read(bodies.seedBody, body);
    const { meta } = sandbox;
    const until = to ?? meta.now() - 20_000;
    const since = from ?? until - days * DAY;
    if (since >= until) throw new Refusal(400, "from must lie before to.");
    const before = meta.world.queue.length;
    sandbox.deliverer().hurry(batch);
    const seeded = seedWorld(meta, { count, from: since, to: until, seed });
    sandbox.stream.reload();
    return { body: { ...seeded, events: meta.world.queue.length - before } };
  },

  "POST delivery": ({ sandbox, body }) => {
    const wanted = read(bodies.deliveryBody, body);
    const { settings } = sandbox.meta.world;
    settings.hold = wanted.hold ?? settings.hold;
    settings.down = wanted.down ?? settings.down;
    if (wanted.downSince !== undefined) {
      settings.downSince = wanted.downSince;
      if (settings.down) noteAttempt(sandbox.meta.world, false, sandbox.meta.now());
    }
    settings.repeat = wanted.repeat ?? settings.repeat;
    settings.shuffle = wanted.shuffle ?? settings.shuffle;
    settings.batch = wanted.batch ?? settings.batch;
    sandbox.deliverer().pump();
    return { body: sandbox.deliverer().view() };
  },

  "POST delivery/flush": ({ sandbox }) => {
    sandbox.deliverer().flush();
    return { body: sandbox.deliverer().view() };
  },

  "POST delivery/idle": untilIdle,
  "GET delivery/idle": untilIdle,

  "GET subscriptions": ({ sandbox }) => ({ body: viewSubscriptions(sandbox.meta.world) }),
  "GET dataset-events": ({ sandbox }) => ({ body: { events: sandbox.meta.world.graph.datasetEvents } }),

  "POST faults": ({ sandbox, body }) => ({ body: orderFaults(sandbox.meta, body) }),

  "POST verify": async ({ sandbox }) => ({ body: await sandbox.verify() }),
};

async function untilIdle({ sandbox, body }: Asked): Promise<Answer> {
  const { timeoutMs } = read(bodies.idleBody, body);
  const deliverer = sandbox.deliverer();
  const isIdle = await deliverer.idle(sandbox.meta.world.settings.hold ? Math.min(timeoutMs, 2000) : timeoutMs);
  if (isIdle) return { body: { idle: true } };
  const { queued } = deliverer.view();
  if (sandbox.meta.world.settings.hold)
    return { status: 409, body: { idle: false, queued, error: "Deliveries are held." } };
  return { status: 504, body: { idle: false, queued, error: "The product has not accepted everything in time." } };
}

function orderFaults(meta: Meta, body: unknown) {
  const wanted = read(bodies.faultsBody, body);
  const { faults } = meta.world;
  if (wanted.clear === true) {
    faults.sends = [];
    faults.revokedPageIds = [];
    faults.dropEchoes = 0;
    faults.drop = false;
    faults.dropDeliveries = 0;
    faults.delayMs = 0;
  }
  const { times } = wanted;
  if (wanted.unclear !== undefined) {
    faults.sends.push({ kind: "unclear", how: wanted.unclear, isAccepted: wanted.accepted, times });
  }
  if (wanted.throttle !== undefined) faults.sends.push({ kind: "throttle", code: wanted.throttle, times });
  const restored = faults.revokedPageIds.filter((pageId) => pageId !== wanted.restoreToken);
  const revoked = wanted.revokeToken === undefined ? [] : [pageOf(meta.world, wanted.revokeToken).id];
  faults.revokedPageIds = [...new Set([...restored, ...revoked])];
  faults.dropEchoes = wanted.dropEchoes ?? faults.dropEchoes;
  faults.drop = wanted.drop ?? faults.drop;
  faults.dropDeliveries = wanted.dropDeliveries ?? faults.dropDeliveries;
  faults.delayMs = wanted.delayMs ?? faults.delayMs;
  orderGraphFaults(meta.world, wanted, meta.now());
  return { ...faults, graph: viewGraphFaults(meta.world) };
}
