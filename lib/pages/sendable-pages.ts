import "server-only";
import { Prisma } from "#lib/generated/prisma/client.ts";

/**
 * The ids of pages whose replies may leave now, as a subquery for those who claim work in SQL: connected, not
 * resting, and in no trouble that stops sending. A restricted page lets a reply try when its time has come. The
 * same rules as maySend in page-trouble.ts, and a test compares the two.
 */
export function sendablePages(): Prisma.Sql {
  return Prisma.sql`
    SELECT p.id FROM page p LEFT JOIN page_health h ON h."pageId" = p.id
    WHERE p."connectedAt" IS NOT NULL AND (h."pausedUntil" IS NULL OR h."pausedUntil" <= now())
      AND NOT EXISTS (
        SELECT 1 FROM page_trouble t WHERE t."pageId" = p.id
          AND (t.kind = 'revoked'
            OR (t.kind = 'missing_permission' AND t.reason IN ('pages_messaging', 'instagram_manage_messages'))
            OR (t.kind = 'restricted' AND COALESCE((t.data->>'probeAt')::timestamptz, 'infinity') > now())))`;
}
