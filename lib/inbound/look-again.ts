import "server-only";
import { prisma } from "#lib/db.ts";
import { keepHistory } from "./keep-history.ts";

/**
 * Has threads looked at once more for leads, without asking Meta: what an ad asks, and how it thanks, may be known
 * by now from people whose conversations were read after theirs.
 */
export async function lookAgain(pageId: string, psids: readonly string[]): Promise<void> {
  const page = await prisma.page.findUnique({ where: { id: pageId }, select: { platform: true } });
  const platform = page?.platform === "instagram" ? "instagram" : "page";
  const askedAt = new Date().toISOString();
  for (const psid of new Set(psids)) await keepHistory({ pageId, psid, platform, askedAt, isRead: false });
}
