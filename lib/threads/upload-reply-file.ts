import "server-only";
import { databaseNow } from "#lib/database-now.ts";
import { prisma } from "#lib/db.ts";
import { getMediaBytes } from "#lib/media/get-media-bytes.ts";
import { attachmentKind } from "#lib/media/outgoing-file.ts";
import { uploadAttachment } from "#lib/messenger/upload-attachment.ts";
import { askMeta } from "#lib/pages/ask-meta.ts";
import { sendablePages } from "#lib/pages/sendable-pages.ts";
import { openEpoch } from "./open-epoch.ts";
import type { ThreadKey } from "./thread-key.ts";

const DAY = 24 * 60 * 60 * 1000;
/** Meta keeps a file for 90 days; a day before that it gets it anew. */
const KEPT_MS = 89 * DAY;
const PAUSE_MS = { "not-sent": 5_000, later: 15_000 };
const MAX_TRIES = 5;

type Waiting = ThreadKey & {
  id: string;
  mediaId: string;
  fileName: string | null;
  contentType: string | null;
  tries: number;
};

/**
 * Leaves the file of the next queued reply with Meta, so that sending it is one short call. Nobody sees an
 * upload, so it may be repeated. Returns the thread, or null when no file waits.
 */
export async function uploadReplyFile(): Promise<ThreadKey | null> {
  const file = await takeNext();
  if (file === null) return null;
  const { pageId, psid, mediaId } = file;
  const bytes = await getMediaBytes(pageId, mediaId);
  if (bytes === null) {
    await fail(file, "file_gone");
    return { pageId, psid };
  }
  const contentType = file.contentType ?? "application/octet-stream";
  const outcome = await askMeta(pageId, ({ token, graphId, platform }) =>
    uploadAttachment(
      {
        ...{ pageId: graphId, platform, bytes, contentType },
        type: attachmentKind(file.contentType),
        fileName: file.fileName ?? "file",
      },
      token,
    ),
  );
  switch (outcome.outcome) {
    case "ok": {
      const now = await databaseNow(prisma);
      await prisma.media.update({
        where: { pageId_id: { pageId, id: mediaId } },
        data: { attachmentId: outcome.value, attachmentExpiresAt: new Date(now.getTime() + KEPT_MS), tries: 0 },
        select: { id: true },
      });
      break;
    }
    case "not-sent":
      await putBack(file, "reason" in outcome ? "page_waits" : "metaUnavailable", PAUSE_MS["not-sent"]);
      break;
    case "unclear":
      await tryAgain(file, "metaUnavailable");
      break;
    case "refused":
      if (outcome.class === "input" || outcome.class === "recipient") await fail(file, outcome.word);
      else await tryAgain(file, outcome.word);
  }
  return { pageId, psid };
}

/** Holds it for as long as an upload may take. Raw, because Prisma has no SKIP LOCKED. */
async function takeNext(): Promise<Waiting | null> {
  const [taken] = await prisma.$queryRaw<Waiting[]>`
    UPDATE reply q SET "leaseUntil" = now() + interval '90 seconds'
    FROM (
      SELECT r."pageId", r.id, r."mediaId", m."fileName", m."contentType", m.tries
      FROM reply r JOIN media m ON m."pageId" = r."pageId" AND m.id = r."mediaId"
      WHERE r.state = 'queued' AND (m."attachmentExpiresAt" IS NULL OR m."attachmentExpiresAt" <= now())
        AND (r."leaseUntil" IS NULL OR r."leaseUntil" < now())
        AND r.epoch = ${openEpoch()}
        AND r."pageId" IN (${sendablePages()})
      ORDER BY r."createdAt"
      FOR UPDATE OF r SKIP LOCKED
      LIMIT 1) due
    WHERE q."pageId" = due."pageId" AND q.id = due.id
    RETURNING q."pageId", q.psid, q.id, due."mediaId", due."fileName", due."contentType", due.tries`;
  return taken ?? null;
}

async function tryAgain(file: Waiting, why: string): Promise<void> {
  const { pageId, mediaId, tries } = file;
  if (tries + 1 >= MAX_TRIES) return fail(file, why);
  await prisma.media.updateMany({ where: { pageId, id: mediaId }, data: { tries: tries + 1 } });
  await putBack(file, why, PAUSE_MS.later * 2 ** tries);
}

async function putBack({ pageId, id }: Waiting, why: string, pauseMs: number): Promise<void> {
  const leaseUntil = new Date((await databaseNow(prisma)).getTime() + pauseMs);
  await prisma.reply.updateMany({ where: { pageId, id, state: "queued" }, data: { stateReason: why, leaseUntil } });
}

async function fail({ pageId, id }: Waiting, why: string): Promise<void> {
  await prisma.reply.updateMany({
    where: { pageId, id, state: "queued" },
    data: { state: "failed", stateReason: why, settledAt: new Date(), leaseUntil: null },
  });
}
