import { createHash, timingSafeEqual } from "node:crypto";
import { env } from "#lib/env.ts";
import { faultName } from "#lib/fault-name.ts";
import { countRefused } from "#lib/inbound/count-refused.ts";
import { keepDelivery } from "#lib/inbound/keep-delivery.ts";
import type { Refusal } from "#lib/inbound/ledger.ts";
import { log } from "#lib/log.ts";
import { isSignedByMeta } from "#lib/messenger/signature.ts";
import { webhookAnswers } from "#lib/metrics.ts";
import { readAtMost } from "../../read-at-most.ts";

const MAX_DELIVERY_BYTES = 16 * 1024 * 1024;
/** Anything else could be rendered by a browser that was sent here. */
const CHALLENGE = /^[A-Za-z0-9_-]{1,256}$/;

/** Meta proves that the address is ours: the bare challenge back for the right token, else 403. */
export function GET(request: Request): Response {
  const { searchParams } = new URL(request.url);
  const challenge = searchParams.get("hub.challenge") ?? "";
  const token = searchParams.get("hub.verify_token") ?? "";
  const isMeta = searchParams.get("hub.mode") === "subscribe" && isSameSecret(token, env.META_VERIFY_TOKEN);
  if (!isMeta || !CHALLENGE.test(challenge)) return answer("forbidden", 403);
  return answer(challenge, 200);
}

/** Meta redelivers whatever is not answered 200. So 200 means "kept"; anything else means "again". */
export async function POST(request: Request): Promise<Response> {
  const startedAt = performance.now();
  const reply = (word: string, status: number, headers?: Record<string, string>): Response => {
    webhookAnswers.inc({ status: String(status) });
    log.info({ event: "webhook", status, outcome: word, ms: Math.round(performance.now() - startedAt) });
    return answer(word, status, headers);
  };
  const refuse = (why: Refusal, status: number, headers?: Record<string, string>): Response => {
    countRefused(why);
    return reply(why.replaceAll("_", " "), status, headers);
  };

  if ((request.headers.get("content-encoding") ?? "identity") !== "identity") return refuse("encoded", 415);
  if (env.META_APP_SECRET.length === 0) {
    log.error({ event: "webhook", reason: "META_APP_SECRET is not set, so no delivery can be checked" });
    return refuse("not_set_up", 503, { "retry-after": "60" });
  }
  const body = await readAtMost(request, MAX_DELIVERY_BYTES).catch(() => "broken off" as const);
  if (body === "broken off") return refuse("broken_off", 400);
  if (body === null) return refuse("too_large", 413);
  if (!isSignedByMeta(body, request.headers.get("x-hub-signature-256"), env.META_APP_SECRET)) {
    return refuse("bad_signature", 403);
  }
  try {
    await keepDelivery(body, keptHeaders(request.headers));
  } catch (cause) {
    log.error({ event: "webhook", reason: "could not keep a delivery", cause: faultName(cause) });
    return refuse("not_kept", 503, { "retry-after": "5" });
  }
  return reply("EVENT_RECEIVED", 200);
}

function keptHeaders(headers: Headers): Record<string, string> {
  const names = ["x-hub-signature-256", "content-type", "user-agent", "facebook-api-version"];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = headers.get(name);
      return value === null ? [] : [[name, value.slice(0, 512)]];
    }),
  );
}

function isSameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

function answer(text: string, status: number, headers: Record<string, string> = {}): Response {
  return new Response(text, {
    status,
    headers: { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff", ...headers },
  });
}
