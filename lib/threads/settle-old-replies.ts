import "server-only";
import { prisma } from "#lib/db.ts";
import type { ThreadKey } from "./thread-key.ts";

/** So many at once, so that a long queue holds nobody up. */
const BATCH = 200;

/**
 * After a restore: what was still to be sent when the backup was made may have been sent since, and nobody here knows.
 * Replies become *unknown*, as if they had left when they were due, for Meta's history or a person to settle; thread actions are over. Returns the threads
 * whose screens change. Raw, for the comparison of epochs.
 */
export async function settleOldReplies(): Promise<ThreadKey[]> {
  const replies = await prisma.$queryRaw<ThreadKey[]>`
    UPDATE reply r SET state = 'unknown', "stateReason" = 'before_restore', "settledAt" = now(), "leaseUntil" = NULL,
      "leaseNumber" = r."leaseNumber" + 1, "sendingAt" = r."sendAfter"
    FROM (
      SELECT "pageId", id FROM reply WHERE state = 'queued' AND epoch < (SELECT epoch FROM sending WHERE id = 1)
      ORDER BY "sendAfter" FOR UPDATE SKIP LOCKED LIMIT ${BATCH}) old
    WHERE r."pageId" = old."pageId" AND r.id = old.id
    RETURNING r."pageId", r.psid`;
  const actions = await prisma.$queryRaw<ThreadKey[]>`
    UPDATE control_action SET state = 'failed', "stateReason" = 'before_restore', "settledAt" = now(), "leaseUntil" = NULL,
      "leaseNumber" = "leaseNumber" + 1
    WHERE state IN ('queued', 'running') AND epoch < (SELECT epoch FROM sending WHERE id = 1)
    RETURNING "pageId", psid`;
  return [...replies, ...actions];
}
