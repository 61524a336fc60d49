import "server-only";
import { createHmac, timingSafeEqual } from "node:crypto";
import { prisma } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import { SESSION_COOKIE } from "./session-cookie.ts";

type FoundSession = {
  user: { id: string; name: string; email: string; role: string; allPages: boolean; disabledAt: Date | null };
  createdAt: Date;
  pageIds: string[];
};

/**
 * Whose session these headers carry, without touching it; null when it is nobody's or has ended. The sign-in library
 * answers the same with four statements and much ado: too much for what open inboxes ask many times a second. Raw, to
 * ask in one statement, by the database's clock.
 */
export async function findSession(headers: Headers): Promise<FoundSession | null> {
  const token = readToken(headers.get("cookie") ?? "");
  if (token === null) return null;
  const [found] = await prisma.$queryRaw<(FoundSession["user"] & Omit<FoundSession, "user">)[]>`
    SELECT "user".id, "user".name, "user".email, "user".role, "user"."allPages", "user"."disabledAt", session."createdAt",
      ARRAY(SELECT "pageId" FROM page_access WHERE "userId" = "user".id) AS "pageIds"
    FROM session JOIN "user" ON "user".id = session."userId"
    WHERE session.token = ${token} AND session."expiresAt" > now()`;
  if (found === undefined) return null;
  const { createdAt, pageIds, ...user } = found;
  return { user, createdAt, pageIds };
}

/** `token.signature`, as the library signs it; null when the signature is not ours. */
function readToken(cookies: string): string | null {
  for (const cookie of cookies.split(";")) {
    const [name, value = ""] = cookie.trim().split("=", 2);
    if (name !== SESSION_COOKIE) continue;
    const [token = "", signature = ""] = decode(value).split(".", 2);
    const wanted = createHmac("sha256", env.AUTH_SECRET).update(token).digest();
    const given = Buffer.from(signature, "base64");
    return given.length === wanted.length && timingSafeEqual(given, wanted) ? token : null;
  }
  return null;
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return "";
  }
}
