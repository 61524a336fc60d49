import "server-only";
import { prisma } from "#lib/db.ts";
import { ECHO_WAIT_MINUTES } from "./reply.ts";

/**
 * Has the threads of replies read again whose end is unclear, when their echo should have come by now: what Meta's
 * history shows settles them. Once it was read, or for a day if it cannot be; then a person has to look. Raw, because
 * each row's own time is compared, by the database's clock.
 */
export async function lookUpUnknown(): Promise<number> {
  return prisma.$executeRaw`
    UPDATE thread t SET "refreshDueAt" = now(), "refreshTries" = 0
    FROM reply r
    WHERE r.state = 'unknown' AND r."pageId" = t."pageId" AND r.psid = t.psid AND t."refreshDueAt" IS NULL
      AND r."settledAt" BETWEEN now() - interval '1 day' AND now() - make_interval(mins => ${ECHO_WAIT_MINUTES}::int)
      AND COALESCE(t."historyReadAt", '-infinity') < r."settledAt" + make_interval(mins => ${ECHO_WAIT_MINUTES}::int)`;
}
