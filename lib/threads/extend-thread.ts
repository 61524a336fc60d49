import "server-only";
import type { Tx } from "#lib/db.ts";
import type { ThreadKey } from "./thread-key.ts";
import type { Opener } from "./window.ts";

/** What an event adds to a thread's clocks. Each is a maximum, so events may come in any order. */
export type ThreadClocks = {
  lastAction?: { at: Date; opener: Opener };
  firstAdMessageAt?: Date;
  lastInboundAt?: Date;
  lastOutboundAt?: Date;
  lastHumanReplyAt?: Date;
  deliveredWatermark?: Date;
  readWatermark?: Date;
  refusedAt?: Date;
};

/** Moves a thread's clocks forward, never back. Raw, because Prisma cannot say GREATEST. */
export async function extendThread(tx: Tx, { pageId, psid }: ThreadKey, clocks: ThreadClocks): Promise<void> {
  const actionAt = clocks.lastAction?.at ?? null;
  const opener = clocks.lastAction?.opener ?? null;
  await tx.$executeRaw`
    UPDATE thread SET
      "lastOpener" = CASE
        WHEN ${actionAt}::timestamptz > COALESCE("lastActionAt", '-infinity') THEN ${opener}
        WHEN ${actionAt}::timestamptz = "lastActionAt" THEN LEAST("lastOpener" COLLATE "C", ${opener})
        ELSE "lastOpener" END,
      "lastActionAt" = GREATEST("lastActionAt", ${actionAt}::timestamptz),
      "firstAdMessageAt" = GREATEST("firstAdMessageAt", ${clocks.firstAdMessageAt ?? null}::timestamptz),
      "lastInboundAt" = GREATEST("lastInboundAt", ${clocks.lastInboundAt ?? null}::timestamptz),
      "lastOutboundAt" = GREATEST("lastOutboundAt", ${clocks.lastOutboundAt ?? null}::timestamptz),
      "lastHumanReplyAt" = GREATEST("lastHumanReplyAt", ${clocks.lastHumanReplyAt ?? null}::timestamptz),
      "deliveredWatermark" = GREATEST("deliveredWatermark", ${clocks.deliveredWatermark ?? null}::timestamptz),
      "readWatermark" = GREATEST("readWatermark", ${clocks.readWatermark ?? null}::timestamptz),
      "refusedAt" = GREATEST("refusedAt", ${clocks.refusedAt ?? null}::timestamptz)
    WHERE "pageId" = ${pageId} AND psid = ${psid}`;
}
