import { z } from "zod";
import { auth } from "#lib/agents/auth.ts";
import { countSignInTry } from "#lib/agents/count-sign-in-try.ts";
import { forgetSignInTries } from "#lib/agents/forget-sign-in-tries.ts";
import { faultName } from "#lib/fault-name.ts";
import { log } from "#lib/log.ts";
import { isFromElsewhere } from "../../is-from-elsewhere.ts";

const SIGN_IN = "/api/auth/sign-in/email";

/**
 * Of the sign-in library's own routes those the product needs. The others could rename people, so that they
 * pass for somebody else in a lead's history, or change passwords without ending sessions.
 */
const doors: Record<string, readonly string[]> = {
  GET: ["/api/auth/get-session"],
  POST: [SIGN_IN, "/api/auth/sign-out"],
};

/** Only whom a try is for; the library judges the rest, and answers what is malformed. */
const credentials = z.object({ email: z.string().max(320).catch("") }).catch({ email: "" });

async function answer(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (!doors[request.method]?.includes(pathname)) return new Response(null, { status: 404 });
  if (request.method === "POST" && isFromElsewhere(request.headers)) return new Response(null, { status: 403 });
  const response = await (pathname === SIGN_IN ? signIn(request) : auth().handler(request)).catch(failed);
  response.headers.set("cache-control", "no-store");
  return response;
}

function failed(cause: unknown): Response {
  log.error({ event: "auth.failed", cause: faultName(cause) });
  return new Response(null, { status: 500 });
}

/** The library limits tries per network; here they are limited per account and overall, too. */
async function signIn(request: Request): Promise<Response> {
  const { email } = credentials.parse(await jsonOf(request.clone()));
  const tried = await countSignInTry(email);
  if (tried.outcome === "too-many") {
    const seconds = String(tried.retryAfterSeconds);
    return Response.json(
      { message: "Too many tries. Please wait." },
      { status: 429, headers: { "retry-after": seconds, "x-retry-after": seconds } },
    );
  }
  const response = await auth().handler(request);
  if (response.ok) await forgetSignInTries(email);
  return response;
}

async function jsonOf(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch {
    return null;
  }
}

export { answer as GET, answer as POST };
