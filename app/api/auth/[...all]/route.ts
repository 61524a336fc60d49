import { auth } from "#lib/agents/auth.ts";
import { env } from "#lib/env.ts";

/**
 * Of the sign-in library's own routes those the product needs. The others could rename people, so that they
 * pass for somebody else in a lead's history, or change passwords without ending sessions.
 */
const doors: Record<string, readonly string[]> = {
  GET: ["/api/auth/get-session"],
  POST: ["/api/auth/sign-in/email", "/api/auth/sign-out"],
};

async function answer(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (!doors[request.method]?.includes(pathname)) return new Response(null, { status: 404 });
  if (request.method === "POST" && isFromElsewhere(request.headers)) return new Response(null, { status: 403 });
  const response = await auth().handler(request);
  response.headers.set("cache-control", "no-store");
  return response;
}

/** Browsers say which site a request comes from; programs, which carry nobody's cookies by mistake, need not. */
function isFromElsewhere(headers: Headers): boolean {
  const origin = headers.get("origin");
  const site = headers.get("sec-fetch-site");
  if (origin !== null && origin !== new URL(env.APP_URL).origin) return true;
  return site !== null && site !== "same-origin" && site !== "none";
}

export { answer as GET, answer as POST };
