import "server-only";
import { prisma } from "#lib/db.ts";

/** Forgets a page's token. Its leads stay; what Meta still sends for it is kept and waits. */
export async function disconnectPage(pageId: string): Promise<"disconnected" | "not-found"> {
  const { count } = await prisma.page.updateMany({
    where: { id: pageId, connectedAt: { not: null } },
    data: { sealedToken: null, connectedAt: null },
  });
  return count === 1 ? "disconnected" : "not-found";
}
