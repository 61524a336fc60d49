import "server-only";
import { prisma } from "#lib/db.ts";
import { sendablePages } from "#lib/pages/sendable-pages.ts";
import type { ThreadKey } from "./thread-key.ts";

/** A rest that is over before anybody would read of it is not told. */
const SHORT_REST = "20 seconds";

/**
 * Replies whose page cannot send, or all while sending is paused: they stay queued, and say so. Nothing is called, nothing fails. Returns the
 * threads whose screens change. Raw, for the subquery that sending uses, too.
 */
export async function holdReplies(): Promise<ThreadKey[]> {
  return prisma.$queryRaw<ThreadKey[]>`
    WITH pause AS (SELECT 1 FROM sending WHERE "pausedAt" IS NOT NULL)
    UPDATE reply r SET "stateReason" = CASE
        WHEN EXISTS (SELECT FROM pause) THEN 'sending_paused'
        WHEN EXISTS (SELECT 1 FROM page_health h WHERE h."pageId" = r."pageId" AND h."pausedUntil" > now()) THEN 'throttled'
        ELSE 'page_waits' END
    WHERE state = 'queued' AND "stateReason" IS NULL AND "sendAfter" <= now()
      AND (EXISTS (SELECT FROM pause) OR (r."pageId" NOT IN (${sendablePages()})
        AND NOT EXISTS (
          SELECT 1 FROM page_health h WHERE h."pageId" = r."pageId"
            AND h."pausedUntil" BETWEEN now() AND now() + ${SHORT_REST}::interval)))
    RETURNING "pageId", psid`;
}
