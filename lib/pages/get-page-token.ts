import "server-only";
import { prisma } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import { faultName } from "#lib/fault-name.ts";
import { log } from "#lib/log.ts";
import { unseal } from "#lib/seal.ts";
import { tokenPlace } from "./page-token.ts";

/** The token to speak to Meta with for this page, or null while it is not connected or its token cannot be opened. */
export async function getPageToken(pageId: string): Promise<string | null> {
  const page = await prisma.page.findUnique({
    where: { id: pageId },
    select: { sealedToken: true, connectedAt: true },
  });
  if (page === null || page.sealedToken === null || page.connectedAt === null) return null;
  try {
    return unseal(page.sealedToken, tokenPlace(pageId), env.ENCRYPTION_KEYS);
  } catch (cause) {
    // A key was lost or a row was changed. Work for the page waits, as it does for a page that is not connected.
    log.error({ event: "page.token-unreadable", pageId, cause: faultName(cause) });
    return null;
  }
}
