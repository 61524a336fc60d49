import "server-only";
import { prisma } from "#lib/db.ts";
import type { ThreadKey } from "./thread-key.ts";

/**
 * A worker died or slept with these in its hands: whether Meta has them nobody knows, so nobody sends them again.
 * Raw, because leases go by the database's clock.
 */
export async function settleLostReplies(): Promise<ThreadKey[]> {
  return prisma.$queryRaw<ThreadKey[]>`
    UPDATE reply SET state = 'unknown', "stateReason" = 'unclear', "settledAt" = now(), "leaseUntil" = NULL,
      "leaseNumber" = "leaseNumber" + 1
    WHERE state = 'sending' AND "leaseUntil" < now()
    RETURNING "pageId", psid`;
}
