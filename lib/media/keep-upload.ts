import "server-only";
import { createHash } from "node:crypto";
import { fileTypeFromBuffer } from "file-type";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { newId } from "#lib/ids.ts";
import { safeFileName } from "./file-name.ts";
import { mediaStore } from "./media-store.ts";
import { type AttachmentKind, attachmentKind, type FileFault, fileFault } from "./outgoing-file.ts";
import { isPlainText } from "./plain-bytes.ts";

export type KeptUpload = { id: string; name: string; bytes: number; kind: AttachmentKind };

export type UploadOutcome =
  | { outcome: "kept"; file: KeptUpload }
  | { outcome: "refused"; why: FileFault }
  | { outcome: "too-many" }
  | { outcome: "not-found" };

/** More than anybody sends in an hour to one page; without an end somebody could fill the disk. */
const MOST = { inMs: 60 * 60 * 1000, files: 200, bytes: 1024 ** 3 };

/** Keeps a file an agent wants to send. Its type is what its bytes say; the name is only shown. */
export async function keepUpload(
  pageId: string,
  upload: { bytes: Uint8Array; name: string },
  viewer: Viewer,
): Promise<UploadOutcome> {
  const page = await prisma.page.findFirst({
    where: { AND: [{ id: pageId }, viewer.pageIds === null ? {} : { id: { in: [...viewer.pageIds] } }] },
    select: { id: true },
  });
  if (page === null) return { outcome: "not-found" };

  const contentType = await typeOf(upload.bytes);
  const bytes = upload.bytes.byteLength;
  const why = fileFault({ bytes, contentType });
  if (why !== null) return { outcome: "refused", why };
  if (await hasTooMany(pageId, bytes, viewer)) return { outcome: "too-many" };

  const id = newId();
  const name = safeFileName(upload.name, contentType);
  // The bytes first: a row without its file would promise something.
  await mediaStore().put({ pageId, id }, upload.bytes);
  await prisma.media.create({
    data: {
      ...{ pageId, id, owner: `upload:${id}`, state: "kept", contentType, fileName: name, bytes },
      sha256: createHash("sha256").update(upload.bytes).digest(),
      uploadedById: viewer.agentId,
    },
    select: { id: true },
  });
  return { outcome: "kept", file: { id, name, bytes, kind: attachmentKind(contentType) } };
}

async function hasTooMany(pageId: string, bytes: number, { agentId }: Viewer): Promise<boolean> {
  // Ids begin with their time, and the newest of a page lie together.
  const since = newId(Date.now() - MOST.inMs);
  const { _count, _sum } = await prisma.media.aggregate({
    where: { pageId, id: { gt: since }, uploadedById: agentId },
    _count: { id: true },
    _sum: { bytes: true },
  });
  return _count.id >= MOST.files || (_sum.bytes ?? 0) + bytes > MOST.bytes;
}

async function typeOf(bytes: Uint8Array): Promise<string | null> {
  const found = await fileTypeFromBuffer(bytes);
  if (found !== undefined) return found.mime;
  return isPlainText(bytes) ? "text/plain" : null;
}
