import "server-only";
import type { Tx } from "#lib/db.ts";
import type { ThreadKey } from "./thread-key.ts";
import type { ThreadNews } from "./thread-news.ts";

/**
 * Moves a thread's clocks forward, never back, and adds what was learned about who holds it; whoever calls folds
 * control when all is recorded, and holds the thread. Raw, because Prisma cannot say GREATEST, and for one statement.
 */
export async function extendThread(
  tx: Tx,
  { pageId, psid }: ThreadKey,
  news: ThreadNews,
  receivedAt = new Date(),
): Promise<void> {
  const actionAt = news.lastAction?.at ?? null;
  const opener = news.lastAction?.opener ?? null;
  await tx.$executeRaw`
    WITH told AS (
      INSERT INTO control_fact
        ("pageId", psid, "receivedAt", key, kind, source, "appId", "fromAppId", "expiresAt", at, "isLeadHandover")
      SELECT ${pageId}, ${psid}, ${receivedAt}::timestamptz, * FROM jsonb_to_recordset(${JSON.stringify(news.facts ?? [])}::jsonb)
        AS fact (key text, kind text, source text, "appId" text, "fromAppId" text, "expiresAt" timestamptz,
          at timestamptz, "isLeadHandover" boolean)
      ON CONFLICT DO NOTHING)
    UPDATE thread SET
      "lastOpener" = CASE
        WHEN ${actionAt}::timestamptz > COALESCE("lastActionAt", '-infinity') THEN ${opener}
        WHEN ${actionAt}::timestamptz = "lastActionAt" THEN LEAST("lastOpener" COLLATE "C", ${opener})
        ELSE "lastOpener" END,
      "lastActionAt" = GREATEST("lastActionAt", ${actionAt}::timestamptz),
      "firstAdMessageAt" = GREATEST("firstAdMessageAt", ${news.firstAdMessageAt ?? null}::timestamptz),
      "lastInboundAt" = GREATEST("lastInboundAt", ${news.lastInboundAt ?? null}::timestamptz),
      "lastOutboundAt" = GREATEST("lastOutboundAt", ${news.lastOutboundAt ?? null}::timestamptz),
      "lastHumanReplyAt" = GREATEST("lastHumanReplyAt", ${news.lastHumanReplyAt ?? null}::timestamptz),
      "deliveredWatermark" = GREATEST("deliveredWatermark", ${news.deliveredWatermark ?? null}::timestamptz),
      "readWatermark" = GREATEST("readWatermark", ${news.readWatermark ?? null}::timestamptz),
      "refusedAt" = GREATEST("refusedAt", ${news.refusedAt ?? null}::timestamptz)
    WHERE "pageId" = ${pageId} AND psid = ${psid}`;
}
