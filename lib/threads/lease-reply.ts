import "server-only";
import { prisma, type Tx } from "#lib/db.ts";
import { sendablePages } from "#lib/pages/sendable-pages.ts";
import { judgeReplyNow } from "./judge-reply-now.ts";
import type { OpenTerms } from "./reply-policy.ts";
import type { ThreadKey } from "./thread-key.ts";

export type LeasedReply = ThreadKey & {
  id: string;
  leaseNumber: number;
  text: string;
  metadata: string;
  terms: OpenTerms;
  sendingAt: Date;
};

type DueReply = ThreadKey & { id: string; text: string; metadata: string; seenMid: string | null; authorId: string };

/**
 * Takes the next due reply and commits it as *sending* before any socket opens, or as *failed* where the
 * rules forbid it by now. One per thread at a time, in order. Null when none is due.
 */
export async function leaseReply(): Promise<LeasedReply | { refused: ThreadKey } | null> {
  return prisma.$transaction(async (tx) => {
    const due = await findDue(tx);
    if (due === null) return null;
    const { pageId, psid, id, text } = due;
    const judgement = await judgeReplyNow(tx, due, due, "leaving");
    if (!judgement.allowed) {
      await tx.reply.updateMany({
        where: { pageId, id, state: "queued" },
        data: { state: "failed", stateReason: judgement.why, settledAt: new Date() },
      });
      return { refused: { pageId, psid } };
    }
    const { terms } = judgement;
    const tag = terms.phase === "human" ? terms.tag : null;
    const [lease] = await tx.$queryRaw<{ leaseNumber: number; sendingAt: Date }[]>`
      UPDATE reply SET state = 'sending', "stateReason" = NULL, attempt = attempt + 1, "sendingAt" = now(),
        "leaseUntil" = now() + interval '20 seconds', "leaseNumber" = "leaseNumber" + 1,
        "messagingType" = ${terms.messagingType}, tag = ${tag}
      WHERE "pageId" = ${pageId} AND id = ${id}::uuid AND state = 'queued'
      RETURNING "leaseNumber", "sendingAt"`;
    if (lease === undefined) return null;
    return { pageId, psid, id, text, metadata: due.metadata, terms, ...lease };
  });
}

/** Raw, because Prisma has no SKIP LOCKED. A reply waits for those before it in its thread. */
async function findDue(tx: Tx): Promise<DueReply | null> {
  const [due] = await tx.$queryRaw<DueReply[]>`
    SELECT "pageId", psid, id, text, metadata, "seenMid", "authorId" FROM reply r
    WHERE state = 'queued' AND "sendAfter" <= now()
      AND NOT EXISTS (
        SELECT 1 FROM reply o
        WHERE o."pageId" = r."pageId" AND o.psid = r.psid
          AND (o.state = 'sending' OR (o.state = 'queued' AND (o."createdAt", o.id) < (r."createdAt", r.id))))
      AND r."pageId" IN (${sendablePages()})
    ORDER BY "sendAfter"
    FOR UPDATE SKIP LOCKED
    LIMIT 1`;
  return due ?? null;
}
