import "server-only";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { getMediaBytes } from "./get-media-bytes.ts";

export type KeptMedia = { bytes: Uint8Array<ArrayBuffer>; contentType: string | null; fileName: string | null };

/** A kept file of a page the viewer may see. "Not yours" and "not there" are one answer. */
export async function getMedia(pageId: string, id: string, viewer: Viewer): Promise<KeptMedia | null> {
  if (viewer.pageIds !== null && !viewer.pageIds.includes(pageId)) return null;
  const media = await prisma.media.findUnique({
    where: { pageId_id: { pageId, id } },
    select: { contentType: true, fileName: true },
  });
  const bytes = media === null ? null : await getMediaBytes(pageId, id);
  return media === null || bytes === null ? null : { bytes, ...media };
}
