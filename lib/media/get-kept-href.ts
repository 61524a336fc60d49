import "server-only";
import { prisma } from "#lib/db.ts";
import { mediaHref } from "./media-href.ts";
import type { MediaOwner } from "./media-owner.ts";

/** Where a thing's picture is shown from; null while we keep none that a browser draws. */
export async function getKeptHref(pageId: string, owner: MediaOwner): Promise<string | null> {
  const media = await prisma.media.findUnique({
    where: { pageId_owner: { pageId, owner }, state: "kept", contentType: { startsWith: "image/" } },
    select: { id: true },
  });
  return media === null ? null : mediaHref(pageId, media.id);
}
