import "server-only";
import { prisma } from "#lib/db.ts";
import { getPageFeatures } from "#lib/messenger/get-page-features.ts";
import { askMeta } from "./ask-meta.ts";

/** Learns what Meta has set up for a page: routing of threads, and whether people may answer for seven days. */
export async function learnFeatures(pageId: string): Promise<void> {
  let platform: "messenger" | "instagram" = "messenger";
  const read = await askMeta(pageId, (access) => {
    platform = access.platform;
    return getPageFeatures(access.graphId, access.token);
  });
  if (read.outcome !== "ok") return;
  const { hasHumanAgent } = read.value;
  const routing = read.value[platform];
  if (routing !== null) await prisma.pageHealth.updateMany({ where: { pageId }, data: { routing } });
  // Unknown to Meta's review: what an administrator said stays.
  if (hasHumanAgent !== null) await prisma.page.updateMany({ where: { id: pageId }, data: { hasHumanAgent } });
}
