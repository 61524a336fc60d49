import "server-only";
import { createHash } from "node:crypto";
import { fileTypeFromBuffer } from "file-type";
import { databaseNow } from "#lib/database-now.ts";
import { prisma } from "#lib/db.ts";
import { log } from "#lib/log.ts";
import { type Download, downloadFile } from "./download-file.ts";
import { safeFileName } from "./file-name.ts";
import { mediaStore } from "./media-store.ts";

const MINUTE = 60 * 1000;
/** With growing pauses about a day; Meta's addresses end after days. */
const TRIES = 6;

type DueMedia = {
  pageId: string;
  id: string;
  owner: string;
  psid: string | null;
  sourceUrl: string | null;
  state: string;
  tries: number;
};

export type FetchedMedia = { pageId: string; psid: string | null };

/**
 * Fetches the next file Meta keeps for us, or removes one that was taken back. Returns whose it is, or null when
 * none is due. Never holds a message back: it is on the screens long before.
 */
export async function fetchMedia(): Promise<FetchedMedia | null> {
  const due = await leaseMedia();
  if (due === null) return null;
  const { pageId, id, psid } = due;
  if (due.state === "gone") {
    await mediaStore().remove({ pageId, id });
    await settle(due, { fetchDueAt: null });
    return { pageId, psid };
  }
  const got: Download = due.sourceUrl === null ? { outcome: "gone" } : await downloadFile(due.sourceUrl);
  if (got.outcome === "fetched") await keep(due, got);
  else await putOff(due, got);
  log.info({ event: "media", pageId, outcome: got.outcome, ...("why" in got ? { why: got.why } : {}) });
  return { pageId, psid };
}

async function keep(due: DueMedia, { bytes, fileName }: Extract<Download, { outcome: "fetched" }>): Promise<void> {
  const { pageId, id } = due;
  const contentType = (await fileTypeFromBuffer(bytes))?.mime ?? null;
  await mediaStore().put({ pageId, id }, bytes);
  const isStillWanted = await settle(due, {
    state: "kept",
    stateReason: null,
    contentType,
    fileName: fileName === null ? null : safeFileName(fileName, contentType),
    bytes: bytes.byteLength,
    sha256: createHash("sha256").update(bytes).digest(),
    fetchDueAt: null,
  });
  // Taken back while it was on its way.
  if (!isStillWanted) await mediaStore().remove({ pageId, id });
}

async function putOff(due: DueMedia, got: Exclude<Download, { outcome: "fetched" }>): Promise<void> {
  if (got.outcome === "gone")
    return void (await settle(due, { state: "gone", stateReason: "expired", fetchDueAt: null }));
  const now = await databaseNow(prisma);
  const isLast = got.outcome === "refused" || due.tries >= TRIES;
  await settle(due, {
    ...(isLast ? { state: "failed" } : {}),
    stateReason: got.why,
    fetchDueAt: isLast ? null : new Date(now.getTime() + MINUTE * 4 ** (due.tries - 1)),
  });
}

/** False when the file was taken back meanwhile. */
async function settle({ pageId, id, state }: DueMedia, data: object): Promise<boolean> {
  const { count } = await prisma.media.updateMany({ where: { pageId, id, state }, data });
  return count === 1;
}

/** Raw for SKIP LOCKED; the time to fetch again is the lease. */
async function leaseMedia(): Promise<DueMedia | null> {
  const [media] = await prisma.$queryRaw<DueMedia[]>`
    UPDATE media SET "fetchDueAt" = now() + interval '1 minute', tries = tries + 1
    WHERE ("pageId", id) = (
      SELECT m."pageId", m.id FROM media m WHERE m."fetchDueAt" <= now()
      ORDER BY m."fetchDueAt" FOR UPDATE SKIP LOCKED LIMIT 1)
    RETURNING "pageId", id, owner, psid, "sourceUrl", state, tries`;
  return media ?? null;
}
