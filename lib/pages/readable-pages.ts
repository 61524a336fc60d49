import "server-only";
import { Prisma } from "#lib/generated/prisma/client.ts";

/**
 * The ids of pages Meta would answer questions about now, as a subquery for those who claim such work in SQL: what is
 * asked while a token is dead or a page rests would use up its tries for nothing. The same rule as mayRead in
 * page-trouble.ts.
 */
export function readablePages(): Prisma.Sql {
  return Prisma.sql`
    SELECT p.id FROM page p LEFT JOIN page_health h ON h."pageId" = p.id
    WHERE p."connectedAt" IS NOT NULL AND (h."pausedUntil" IS NULL OR h."pausedUntil" <= now())
      AND NOT EXISTS (SELECT 1 FROM page_trouble t WHERE t."pageId" = p.id AND t.kind = 'revoked')`;
}
