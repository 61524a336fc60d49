import "server-only";
import { randomBytes } from "node:crypto";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import { loginDialogUrl } from "#lib/messenger/login-dialog.ts";
import { forgetLogins } from "./forget-logins.ts";
import { digest, loginName } from "./login-secret.ts";

const MINUTE = 60 * 1000;

export type BegunLogin =
  | { outcome: "begun"; url: string; nonce: string; maxAgeSeconds: number }
  | { outcome: "not-allowed" | "no-app" };

/**
 * Opens the way to Meta's login: a state only Meta gives back, and a nonce only this browser has. Both are needed
 * to come back, by the same person, within ten minutes, once.
 */
export async function beginLogin(viewer: Viewer): Promise<BegunLogin> {
  if (viewer.role !== "admin") return { outcome: "not-allowed" };
  if (env.META_APP_ID === "" || env.META_APP_SECRET.length === 0) return { outcome: "no-app" };
  const state = randomBytes(32).toString("base64url");
  const nonce = randomBytes(32).toString("base64url");
  const value = JSON.stringify({ agentId: viewer.agentId, nonce: digest(nonce) });
  const now = new Date();
  const expiresAt = new Date(now.getTime() + 10 * MINUTE);
  await forgetLogins();
  await prisma.verification.create({ data: { identifier: loginName(state), value, expiresAt } });
  const url = loginDialogUrl({
    base: env.META_DIALOG_URL,
    version: env.META_GRAPH_VERSION,
    appId: env.META_APP_ID,
    redirectUri: `${env.APP_URL.replace(/\/+$/, "")}/api/meta/login/callback`,
    state,
    configId: env.META_LOGIN_CONFIG_ID || null,
  });
  return { outcome: "begun", url, nonce, maxAgeSeconds: 600 };
}
