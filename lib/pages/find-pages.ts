import "server-only";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";

export type PageRow = { id: string; name: string; isConnected: boolean; connectedAt: Date | null };

/** The pages a viewer may see; without a viewer (command line), all of them. */
export async function findPages(viewer: Viewer | null): Promise<PageRow[]> {
  const pages = await prisma.page.findMany({
    where: viewer === null || viewer.pageIds === null ? {} : { id: { in: viewer.pageIds } },
    select: { id: true, name: true, connectedAt: true },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: 1_000,
  });
  return pages.map((page) => ({ ...page, isConnected: page.connectedAt !== null }));
}
