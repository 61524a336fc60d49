import "server-only";
import { Prisma } from "#lib/generated/prisma/client.ts";

/**
 * The epoch whose rows may leave now, as a subquery for those who claim work in SQL; null while nothing may. That is
 * while sending is paused, and from the start of a server, or the making of a database, until a worker has looked
 * whether it is the one we knew. `evenPaused`: for what reaches nobody.
 */
export function openEpoch({ evenPaused = false } = {}): Prisma.Sql {
  return Prisma.sql`(
    SELECT s.epoch FROM sending s
    WHERE (${evenPaused}::boolean OR s."pausedAt" IS NULL)
      AND s."writtenBy" = s.xmin::text
      AND s.server = extract(epoch FROM pg_postmaster_start_time())::text
      AND (s.place->>'database' IS NULL
        OR s.place->>'database' = (SELECT oid::text FROM pg_database WHERE datname = current_database())))`;
}
