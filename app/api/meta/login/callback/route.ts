import { z } from "zod";
import { viewerOf } from "#lib/agents/get-viewer.ts";
import { env } from "#lib/env.ts";
import { log } from "#lib/log.ts";
import { finishLogin } from "#lib/pages/finish-login.ts";
import { LOGIN_COOKIE } from "#lib/pages/login-secret.ts";

const answer = z.object({ state: z.string().min(1).max(200), code: z.string().min(1).max(4_000) });

/** Where Meta sends people back to. Only what this browser began is finished; the address keeps nothing of it. */
export async function GET(request: Request): Promise<Response> {
  const viewer = await viewerOf(request.headers);
  if (viewer === null) return back("/sign-in");
  const words = Object.fromEntries(new URL(request.url).searchParams);
  const nonce = nonceIn(request.headers.get("cookie") ?? "");
  const read = answer.safeParse(words);
  if (!read.success) return back(`/settings/pages?login=${words.error === undefined ? "not-ours" : "declined"}`);
  const outcome = await finishLogin({ ...read.data, nonce }, viewer);
  log.info({ event: "meta.login", outcome });
  return back(`/settings/pages?login=${outcome}`);
}

function nonceIn(cookies: string): string {
  const pair = cookies.split(";").find((cookie) => cookie.trim().startsWith(`${LOGIN_COOKIE}=`));
  return pair?.split("=")[1] ?? "";
}

function back(path: string): Response {
  const headers = new Headers({ location: new URL(path, env.APP_URL).href, "cache-control": "no-store" });
  headers.append("set-cookie", `${LOGIN_COOKIE}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax`);
  return new Response(null, { status: 303, headers });
}
