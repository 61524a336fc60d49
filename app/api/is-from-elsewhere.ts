import { env } from "#lib/env.ts";

/** Browsers say which site a request comes from; programs, which carry nobody's cookies by mistake, need not. */
export function isFromElsewhere(headers: Headers): boolean {
  const origin = headers.get("origin");
  const site = headers.get("sec-fetch-site");
  if (origin !== null && origin !== new URL(env.APP_URL).origin) return true;
  return site !== null && site !== "same-origin" && site !== "none";
}
