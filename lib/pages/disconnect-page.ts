import "server-only";
import { prisma } from "#lib/db.ts";
import { tellPageHistory } from "./tell-page-history.ts";

/** Forgets a page's token. Its leads stay; what Meta still sends for it is kept and waits, and so do replies. */
export async function disconnectPage(
  pageId: string,
  actorId: string | null = null,
): Promise<"disconnected" | "not-found"> {
  return prisma.$transaction(async (tx) => {
    const { count } = await tx.page.updateMany({
      where: { id: pageId, connectedAt: { not: null } },
      data: { sealedToken: null, connectedAt: null },
    });
    if (count === 0) return "not-found";
    await tx.pageTrouble.deleteMany({ where: { pageId } });
    await tellPageHistory(tx, { pageId, kind: "disconnected", actorId });
    return "disconnected";
  });
}
