import "server-only";
import { createHash } from "node:crypto";
import { prisma } from "#lib/db.ts";
import { log } from "#lib/log.ts";
import { mediaStore } from "./media-store.ts";

/** The bytes of a kept file; null where there is none, or where they are not the ones that were kept. */
export async function getMediaBytes(pageId: string, id: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const media = await prisma.media.findUnique({
    where: { pageId_id: { pageId, id }, state: "kept" },
    select: { sha256: true },
  });
  if (media === null) return null;
  const bytes = await mediaStore().get({ pageId, id });
  if (bytes === null || media.sha256 === null) return bytes;
  if (createHash("sha256").update(bytes).digest().equals(media.sha256)) return bytes;
  log.error({ event: "media.damaged", pageId, id });
  return null;
}
