import "server-only";
import type { Tx } from "#lib/db.ts";

type RoutingLesson = { routing?: "configured" | "none" | null; takeRefusedAt?: Date | null };

/** Remembers what Meta's answer to a thread action tells about the page's routing and its setting. */
export async function learnRouting(tx: Tx, pageId: string, lesson: RoutingLesson): Promise<void> {
  await tx.pageHealth.upsert({
    where: { pageId },
    create: { pageId, ...lesson },
    update: lesson,
    select: { pageId: true },
  });
}
