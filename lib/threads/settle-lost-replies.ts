import "server-only";
import { prisma } from "#lib/db.ts";
import { endOfLease } from "./reply-ending.ts";
import type { ThreadKey } from "./thread-key.ts";

/**
 * A worker died or slept with these in its hands: whether Meta has them nobody knows, so nobody sends them again.
 * Raw, because leases go by the database's clock.
 */
export async function settleLostReplies(): Promise<ThreadKey[]> {
  const { from, state, stateReason } = endOfLease;
  return prisma.$queryRaw<ThreadKey[]>`
    UPDATE reply SET state = ${state}, "stateReason" = ${stateReason}, "settledAt" = now(), "leaseUntil" = NULL,
      "leaseNumber" = "leaseNumber" + 1
    WHERE state = ${from} AND "leaseUntil" < now()
    RETURNING "pageId", psid`;
}
