import "server-only";
import { prisma } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import { unseal } from "#lib/seal.ts";
import { tokenPlace } from "./page-token.ts";

/** The token to speak to Meta with for this page, or null while it is not connected. */
export async function getPageToken(pageId: string): Promise<string | null> {
  const page = await prisma.page.findUnique({
    where: { id: pageId },
    select: { sealedToken: true, connectedAt: true },
  });
  if (page === null || page.sealedToken === null || page.connectedAt === null) return null;
  return unseal(page.sealedToken, tokenPlace(pageId), env.ENCRYPTION_KEYS);
}
