import "server-only";
import { createHmac } from "node:crypto";
import { env } from "#lib/env.ts";
import { log } from "#lib/log.ts";
import { classifyGraphError, type GraphCall, type GraphErrorMeaning } from "./graph-error.ts";
import { readGraphError } from "./graph-reply.ts";
import { parseLosslessJson } from "./lossless-json.ts";

export type GraphRequest = {
  kind: GraphCall;
  method: "GET" | "POST";
  path: string;
  token: string;
  query?: Record<string, string>;
  body?: object;
};

type GraphRefusal = GraphErrorMeaning & {
  code: number | null;
  subcode: number | null;
  fbtraceId: string | null;
};

/**
 * How a call ended. `not-sent`: the connection was refused before a byte left, so nothing can have happened.
 * `unclear`: it left, and nothing readable came back; it may have happened.
 */
export type GraphOutcome = { outcome: "ok"; data: unknown } | GraphFailure;

export type GraphFailure =
  | ({ outcome: "refused" } & GraphRefusal)
  | { outcome: "not-sent" }
  | { outcome: "unclear"; reason: string };

const TIMEOUT_MS: Record<GraphCall, number> = { send: 8_000, control: 8_000, read: 15_000 };
const MAX_ANSWER_BYTES = 1024 * 1024;
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
    // Paths begin with the id of a page or a person; what comes behind it names the call well enough.
    path: request.path.split("/").at(-1)?.replace(/^\d+$/, "node"),
    outcome: outcome.outcome,
    ...(outcome.outcome === "refused"
      ? { code: outcome.code, subcode: outcome.subcode, fbtrace: outcome.fbtraceId }
      : {}),
    ...(outcome.outcome === "unclear" ? { reason: outcome.reason } : {}),
    ms: Math.round(performance.now() - startedAt),
  });
  return outcome;
}

async function attempt(request: GraphRequest): Promise<GraphOutcome> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(address(request), {
      method: request.method,
      headers: {
        authorization: `Bearer ${request.token}`,
        accept: "application/json",
        ...(request.body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS[request.kind]),
    });
    text = await readCapped(response);
  } catch (cause) {
    return connectCodesOf(cause).some((code) => NEVER_LEFT.has(code))
      ? { outcome: "not-sent" }
      : { outcome: "unclear", reason: cause instanceof Error ? cause.name : "failed" };
  }
  const body = parseLosslessJson(text);
  const error = readGraphError(body);
  if (response.ok && error.code === null) {
    return body === null ? { outcome: "unclear", reason: "an answer that is not JSON" } : { outcome: "ok", data: body };
  }
  const meaning = classifyGraphError({ status: response.status, ...error }, request.kind);
  if (meaning.class === "unknown_outcome") {
    return { outcome: "unclear", reason: `status ${response.status}, code ${error.code ?? "none"}` };
  }
  const { code, subcode, fbtraceId } = error;
  return { outcome: "refused", ...meaning, code, subcode, fbtraceId };
}

function address({ path, token, query }: GraphRequest): URL {
  const url = new URL(`${env.META_GRAPH_URL.replace(/\/+$/, "")}/${env.META_GRAPH_VERSION}/${path}`);
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
  const secret = env.META_APP_SECRET[0];
  if (secret !== undefined) {
    url.searchParams.set("appsecret_proof", createHmac("sha256", secret).update(token).digest("hex"));
  }
  return url;
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
