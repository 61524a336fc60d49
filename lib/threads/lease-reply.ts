import "server-only";
import { prisma, type Tx } from "#lib/db.ts";
import { sendablePages } from "#lib/pages/sendable-pages.ts";
import { judgeReplyNow } from "./judge-reply-now.ts";
import { openEpoch } from "./open-epoch.ts";
import type { OpenTerms, Outgoing } from "./reply-policy.ts";
import type { ThreadKey } from "./thread-key.ts";

/** What is known of a due reply; for a picture or file also what it is and Meta's id of it. */
type DueReply = ThreadKey & {
  id: string;
  authorId: string | null;
  intentId: string;
  part: number;
  text: string;
  replyToMid: string | null;
  metadata: string;
  seenMid: string | null;
  errorSubcode: number | null;
  mediaId: string | null;
  bytes: number | null;
  contentType: string | null;
  attachmentId: string | null;
};

export type LeasedReply = DueReply & { leaseNumber: number; terms: OpenTerms; sendingAt: Date };

/**
 * Takes the next due reply and commits it as *sending* before any socket opens, or as *failed* where the
 * rules forbid it by now. One per thread at a time, in order. Null when none is due.
 */
export async function leaseReply(): Promise<LeasedReply | { refused: ThreadKey } | null> {
  return prisma.$transaction(async (tx) => {
    const due = await findDue(tx);
    if (due === null) return null;
    const { pageId, psid, id } = due;
    const judgement = (await followsWhatFailed(tx, due))
      ? { allowed: false as const, why: "earlier_part" }
      : await judgeReplyNow(tx, due, outgoing(due), due, "leaving");
    if (!judgement.allowed) {
      await tx.reply.updateMany({
        where: { pageId, id, state: "queued" },
        data: { state: "failed", stateReason: judgement.why, settledAt: new Date(), leaseUntil: null },
      });
      return { refused: { pageId, psid } };
    }
    const { terms } = judgement;
    const tag = terms.phase === "human" ? terms.tag : null;
    const [lease] = await tx.$queryRaw<{ leaseNumber: number; sendingAt: Date }[]>`
      UPDATE reply SET state = 'sending', "stateReason" = NULL, attempt = attempt + 1, "sendingAt" = now(),
        "leaseUntil" = now() + interval '20 seconds', "leaseNumber" = "leaseNumber" + 1,
        "messagingType" = ${terms.messagingType}, tag = ${tag}
      WHERE "pageId" = ${pageId} AND id = ${id}::uuid AND state = 'queued' AND epoch = ${openEpoch()}
      RETURNING "leaseNumber", "sendingAt"`;
    return lease === undefined ? null : { ...due, terms, ...lease };
  });
}

function outgoing({ mediaId, text, bytes, contentType }: DueReply): Outgoing {
  if (mediaId === null) return { kind: "text", text };
  return { kind: "media", file: { bytes: bytes ?? 0, contentType } };
}

/** The rest of a reply makes no sense without its beginning: it leaves only behind parts that arrived. */
async function followsWhatFailed(tx: Tx, { pageId, intentId, part }: DueReply): Promise<boolean> {
  if (part === 0) return false;
  const unsent = { pageId, intentId, part: { lt: part }, state: { not: "sent" } };
  return (await tx.reply.count({ where: unsent })) > 0;
}

/**
 * Raw, because Prisma has no SKIP LOCKED. A reply waits for those before it in its thread, and a file for Meta's
 * id of it; see upload-reply-file.ts.
 */
async function findDue(tx: Tx): Promise<DueReply | null> {
  const [due] = await tx.$queryRaw<DueReply[]>`
    SELECT r."pageId", r.psid, r.id, r."authorId", r."intentId", r.part, r.text, r."replyToMid", r.metadata,
      r."seenMid", r."errorSubcode", r."mediaId", m.bytes, m."contentType", m."attachmentId"
    FROM reply r LEFT JOIN media m ON m."pageId" = r."pageId" AND m.id = r."mediaId"
    WHERE r.state = 'queued' AND r."sendAfter" <= now() AND r.epoch = ${openEpoch()}
      AND (r."mediaId" IS NULL OR m."attachmentExpiresAt" > now())
      AND NOT EXISTS (
        SELECT 1 FROM reply o
        WHERE o."pageId" = r."pageId" AND o.psid = r.psid
          AND (o.state = 'sending' OR (o.state = 'queued' AND (o."createdAt", o.id) < (r."createdAt", r.id))))
      AND r."pageId" IN (${sendablePages()})
    ORDER BY r."sendAfter", r."createdAt"
    FOR UPDATE OF r SKIP LOCKED
    LIMIT 1`;
  return due ?? null;
}
