import "server-only";
import { timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import { exchangeCode } from "#lib/messenger/exchange-code.ts";
import { extendUserToken } from "#lib/messenger/extend-user-token.ts";
import { listPages } from "#lib/messenger/list-pages.ts";
import { seal } from "#lib/seal.ts";
import { digest, grantName, grantPlace, loginName } from "./login-secret.ts";

export type FinishedLogin = "choose" | "no-pages" | "refused" | "not-ours";

type Return = { state: string; nonce: string; code: string };

const KEPT_MS = 15 * 60 * 1000;
const begun = z.object({ agentId: z.string(), nonce: z.string() });

/**
 * Meta sent the person back: their code becomes a token, and that the pages' own tokens, which end only with the
 * person's grant. They are kept sealed until the person has chosen; nothing of them goes to the browser.
 */
export async function finishLogin({ state, nonce, code }: Return, viewer: Viewer): Promise<FinishedLogin> {
  if (viewer.role !== "admin" || !(await isOurs(state, nonce, viewer.agentId))) return "not-ours";
  const short = await exchangeCode(code, `${env.APP_URL.replace(/\/+$/, "")}/api/meta/login/callback`);
  if (short.outcome !== "ok") return "refused";
  const long = await extendUserToken(short.value.token);
  if (long.outcome !== "ok") return "refused";
  const pages = await listPages(long.value.token);
  if (pages.outcome !== "ok") return "refused";
  if (pages.value.length === 0) return "no-pages";

  const sealed = seal(JSON.stringify(pages.value), grantPlace(viewer.agentId), env.ENCRYPTION_KEYS);
  const identifier = grantName(viewer.agentId);
  const value = Buffer.from(sealed).toString("base64");
  await prisma.$transaction([
    prisma.verification.deleteMany({ where: { identifier } }),
    prisma.verification.create({ data: { identifier, value, expiresAt: new Date(Date.now() + KEPT_MS) } }),
  ]);
  return "choose";
}

/** Single use: whoever deletes the row has it, and a second return finds nothing. */
async function isOurs(state: string, nonce: string, agentId: string): Promise<boolean> {
  const where = { identifier: loginName(state), expiresAt: { gt: new Date() } };
  const row = await prisma.verification.findFirst({ where });
  const { count } = await prisma.verification.deleteMany({ where });
  if (row === null || count !== 1) return false;
  const known = begun.parse(JSON.parse(row.value));
  return known.agentId === agentId && timingSafeEqual(Buffer.from(known.nonce), Buffer.from(digest(nonce)));
}
