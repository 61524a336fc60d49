import { type NextRequest, NextResponse } from "next/server";
import { SESSION_COOKIE } from "#lib/agents/session-cookie.ts";
import { pagePolicy, securityHeaders } from "#lib/response-headers.ts";

/**
 * Dresses every page: a nonce for its scripts and the closed headers. It also saves a stranger one round
 * trip by sending them to sign in with the way back; what protects the data is the viewer in each query.
 */
export function proxy(request: NextRequest): NextResponse {
  const policy = pagePolicy(newNonce(), process.env.NODE_ENV === "development");
  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy);

  const response = isStranger(request)
    ? NextResponse.redirect(signInAddress(request), 307)
    : NextResponse.next({ request: { headers } });
  for (const [name, value] of Object.entries(securityHeaders)) response.headers.set(name, value);
  response.headers.set("content-security-policy", policy);
  response.headers.set("cache-control", "no-store");
  return response;
}

export const config = { matcher: ["/((?!api/|_next/static|icon.svg|healthz|readyz|metrics).*)"] };

function newNonce(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(18))).toString("base64");
}

function isStranger(request: NextRequest): boolean {
  return request.method === "GET" && isForMembers(request.nextUrl.pathname) && !request.cookies.has(SESSION_COOKIE);
}

function isForMembers(path: string): boolean {
  return path === "/" || /^\/(leads|settings)(\/|$)/.test(path);
}

function signInAddress(request: NextRequest): URL {
  const { pathname, search } = request.nextUrl;
  const address = new URL("/sign-in", request.nextUrl);
  if (pathname !== "/") address.searchParams.set("next", pathname + search);
  return address;
}
