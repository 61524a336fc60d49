import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { env } from "#lib/env.ts";
import { faultName } from "#lib/fault-name.ts";
import { countRefused } from "#lib/inbound/count-refused.ts";
import { keepDelivery } from "#lib/inbound/keep-delivery.ts";
import type { Refusal } from "#lib/inbound/ledger.ts";
import { log } from "#lib/log.ts";
import { isSignedByMeta } from "#lib/messenger/signature.ts";
import { webhookAnswers } from "#lib/metrics.ts";
import { readBody } from "./read-body.ts";

/**
 * Meta's door. server.ts hands its requests here itself: a route of Next that does nothing but read its body takes more
 * processor time than all of this, commit included.
 */
export const DOOR = "/api/messenger/webhook";

/** Anything else could be rendered by a browser that was sent here. */
const CHALLENGE = /^[A-Za-z0-9_-]{1,256}$/;
const KEPT_HEADERS = ["x-hub-signature-256", "content-type", "user-agent", "facebook-api-version"];

export async function answerMeta(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === "POST") return receive(request, response);
  if (request.method === "GET") return verify(request, response);
  answer(request, response, "not allowed", 405, { allow: "GET, POST" });
}

/** Meta proves that the address is ours: the bare challenge back for the right token, else 403. */
function verify(request: IncomingMessage, response: ServerResponse): void {
  const { searchParams } = new URL(request.url ?? "", "http://door");
  const challenge = searchParams.get("hub.challenge") ?? "";
  const token = searchParams.get("hub.verify_token") ?? "";
  const isMeta = searchParams.get("hub.mode") === "subscribe" && isSameSecret(token, env.META_VERIFY_TOKEN);
  if (isMeta && CHALLENGE.test(challenge)) answer(request, response, challenge, 200);
  else answer(request, response, "forbidden", 403);
}

/** Meta redelivers whatever is not answered 200. So 200 means "kept"; anything else means "again". */
async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const startedAt = performance.now();
  const reply = (word: string, status: number, headers?: Record<string, string>): void => {
    webhookAnswers.inc({ status: String(status) });
    log.info({ event: "webhook", status, outcome: word, ms: Math.round(performance.now() - startedAt) });
    answer(request, response, word, status, headers);
  };
  const refuse = (why: Refusal, status: number, headers?: Record<string, string>): void => {
    countRefused(why);
    reply(why.replaceAll("_", " "), status, headers);
  };

  if ((request.headers["content-encoding"] ?? "identity") !== "identity") return refuse("encoded", 415);
  if (env.META_APP_SECRET.length === 0) {
    log.error({ event: "webhook", reason: "META_APP_SECRET is not set, so no delivery can be checked" });
    return refuse("not_set_up", 503, { "retry-after": "60" });
  }
  const body = await readBody(request);
  if (body === "too many") return refuse("not_kept", 503, { "retry-after": "5" });
  if (typeof body === "string") return refuse(body, body === "too_large" ? 413 : 400);
  if (!isSignedByMeta(body, request.headers["x-hub-signature-256"]?.toString() ?? null, env.META_APP_SECRET)) {
    return refuse("bad_signature", 403);
  }
  try {
    await keepDelivery(body, keptHeaders(request));
  } catch (cause) {
    log.error({ event: "webhook", reason: "could not keep a delivery", cause: faultName(cause) });
    return refuse("not_kept", 503, { "retry-after": "5" });
  }
  reply("EVENT_RECEIVED", 200);
}

function keptHeaders({ headers }: IncomingMessage): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of KEPT_HEADERS) {
    const value = headers[name];
    if (value !== undefined) kept[name] = String(value).slice(0, 512);
  }
  return kept;
}

function isSameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  text: string,
  status: number,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    "content-type": "text/plain; charset=utf-8",
    "x-content-type-options": "nosniff",
    "content-length": text.length,
    ...headers,
  });
  if (request.complete) return void response.end(text);
  // The other side still talks, and cut off it might never read this: the rest passes by unread, for as long as
  // server.ts lets a delivery take.
  response.write(text);
  const end = () => void response.end();
  request.once("end", end).once("close", end).resume();
}
