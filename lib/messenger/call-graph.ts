import "server-only";
import { createHmac } from "node:crypto";
import { Agent, type FormData, fetch, type Response } from "undici";
import { env } from "#lib/env.ts";
import { log } from "#lib/log.ts";
import { classifyGraphError, type GraphCall, type GraphErrorMeaning } from "./graph-error.ts";
import { readGraphError } from "./graph-reply.ts";
import { type GraphUsage, readUsage } from "./graph-usage.ts";
import { parseLosslessJson } from "./lossless-json.ts";

export type GraphRequest = {
  kind: GraphCall;
  method: "GET" | "POST" | "DELETE";
  /** Begins with the id of a page, a person or a thing; empty for a question about several ids. */
  path: string;
  /** Null for the calls by which a token is got. */
  token: string | null;
  query?: Record<string, string>;
  /** Sent as JSON. */
  body?: object;
  /** Sent as a form instead, for files. */
  form?: FormData;
  /** Where the time a kind usually has is too short: files take longer. */
  timeoutMs?: number;
};

type GraphRefusal = GraphErrorMeaning & {
  code: number | null;
  subcode: number | null;
  fbtraceId: string | null;
  /** How long Meta asks us to wait. */
  retryAfterMs: number | null;
};

/**
 * How a call ended. `not-sent`: the connection was refused before a byte left, so nothing can have happened.
 * `unclear`: it left, and nothing readable came back; it may have happened.
 */
export type GraphOutcome = { outcome: "ok"; data: unknown; usage: GraphUsage | null } | GraphFailure;

export type GraphFailure =
  | ({ outcome: "refused"; usage: GraphUsage | null } & GraphRefusal)
  | { outcome: "not-sent"; usage?: null }
  | { outcome: "unclear"; reason: string; usage: GraphUsage | null };

const TIMEOUT_MS: Record<GraphCall, number> = { send: 8_000, control: 8_000, read: 15_000 };
const MAX_ANSWER_BYTES = 1024 * 1024;
/** Whoever cannot be connected to in this time got nothing, and the call may be made again. */
const agent = new Agent({ connect: { timeout: 3_000 } });
const NEVER_LEFT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** The only place that speaks to Meta: base address from the settings, proof, time-outs, a size cap, no redirects. */
export async function callGraph(request: GraphRequest): Promise<GraphOutcome> {
  const startedAt = performance.now();
  const outcome = await attempt(request);
  log.info({
    event: "graph",
    call: request.kind,
    method: request.method,
    path: edgeOf(request.path),
    outcome: outcome.outcome,
    ...(outcome.outcome === "refused"
      ? { code: outcome.code, subcode: outcome.subcode, fbtrace: outcome.fbtraceId }
      : {}),
    ...(outcome.outcome === "unclear" ? { reason: outcome.reason } : {}),
    ...(outcome.usage ? { usage: outcome.usage.percent, limit: outcome.usage.limit } : {}),
    ms: Math.round(performance.now() - startedAt),
  });
  return outcome;
}

/** Paths begin with the id of a page or a person; what comes behind it names the call well enough. */
function edgeOf(path: string): string {
  const last = path.split("/").at(-1) ?? "";
  return /^[a-z_]+$/.test(last) ? last : "node";
}

async function attempt(request: GraphRequest): Promise<GraphOutcome> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(address(request), {
      method: request.method,
      headers: {
        ...(request.token === null ? {} : { authorization: `Bearer ${request.token}` }),
        accept: "application/json",
        // A form says itself what it is, and where its parts end.
        ...(request.body === undefined ? {} : { "content-type": "application/json" }),
      },
      body: request.form ?? (request.body === undefined ? null : JSON.stringify(request.body)),
      redirect: "manual",
      dispatcher: agent,
      signal: AbortSignal.timeout(request.timeoutMs ?? TIMEOUT_MS[request.kind]),
    });
    text = await readCapped(response);
  } catch (cause) {
    return connectCodesOf(cause).some((code) => NEVER_LEFT.has(code))
      ? { outcome: "not-sent" }
      : { outcome: "unclear", reason: cause instanceof Error ? cause.name : "failed", usage: null };
  }
  return readAnswer(response, text, request.kind);
}

function readAnswer(response: Response, text: string, kind: GraphCall): GraphOutcome {
  const usage = readUsage(response.headers, new Date());
  const body = parseLosslessJson(text);
  const error = readGraphError(body);
  if (response.ok && error.code === null) {
    return body === null
      ? { outcome: "unclear", reason: "an answer that is not JSON", usage }
      : { outcome: "ok", data: body, usage };
  }
  const meaning = classifyGraphError({ status: response.status, ...error }, kind);
  if (meaning.class === "unknown_outcome") {
    return { outcome: "unclear", reason: `status ${response.status}, code ${error.code ?? "none"}`, usage };
  }
  const { code, subcode, fbtraceId } = error;
  return { outcome: "refused", ...meaning, code, subcode, fbtraceId, retryAfterMs: usage?.retryAfterMs ?? null, usage };
}

function address({ path, token, query }: GraphRequest): URL {
  const url = new URL(`${env.META_GRAPH_URL.replace(/\/+$/, "")}/${env.META_GRAPH_VERSION}/${safePath(path)}`);
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
  const secret = env.META_APP_SECRET[0];
  if (secret !== undefined && token !== null) {
    url.searchParams.set("appsecret_proof", createHmac("sha256", secret).update(token).digest("hex"));
  }
  return url;
}

/** Ids come from outside: whatever one holds, it stays one part of the address, and what follows it names the call. */
function safePath(path: string): string {
  const edge = /\/[a-z_]+$/.exec(path)?.[0] ?? "";
  const id = path.slice(0, path.length - edge.length);
  // Dots alone would lead upwards, encoded or not.
  return (/^\.+$/.test(id) ? "-" : encodeURIComponent(id)) + edge;
}

async function readCapped(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_ANSWER_BYTES) throw new RangeError("The answer is larger than 1 MiB.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** The system's codes stand on the causes of fetch's error, several deep and, with two addresses, several wide. */
function connectCodesOf(cause: unknown): string[] {
  if (!(cause instanceof Error)) return [];
  // The same codes may come from reading or writing, and then something has left.
  const isOfConnecting = !("syscall" in cause) || cause.syscall === "connect" || cause.syscall === "getaddrinfo";
  const own = isOfConnecting && "code" in cause && typeof cause.code === "string" ? [cause.code] : [];
  const inner = cause instanceof AggregateError ? cause.errors.flatMap(connectCodesOf) : [];
  return [...own, ...inner, ...connectCodesOf(cause.cause)];
}
