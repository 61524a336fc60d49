import "server-only";
import { prisma } from "#lib/db.ts";
import { getProfile } from "#lib/messenger/get-profile.ts";
import { askMeta } from "#lib/pages/ask-meta.ts";
import { retellThread } from "./retell-thread.ts";

const MINUTE = 60 * 1000;
const TRIES = 6;
const LEASE_MS = MINUTE;

/**
 * Asks Meta for the name of the next person we do not know yet. Never holds a lead back: the lead is on the
 * screens long before. False when nobody is due.
 */
export async function fetchProfile(): Promise<boolean> {
  const person = await leasePerson();
  if (person === null) return false;
  const { pageId, psid, profileTries } = person;
  const profile = await askMeta(pageId, ({ token }) => getProfile(psid, token));
  const isLast = profileTries >= TRIES;
  const pause = MINUTE * 4 ** profileTries;
  await prisma.person.update({
    where: { pageId_psid: { pageId, psid } },
    data: {
      ...(profile.outcome === "named" ? { fullName: profile.name } : {}),
      profileRetryAt: profile.outcome === "named" || isLast ? null : new Date(Date.now() + pause),
    },
    select: { psid: true },
  });
  if (profile.outcome === "named") await retellThread({ pageId, psid });
  return true;
}

/** Raw for SKIP LOCKED; the time to ask again is the lease. */
async function leasePerson(): Promise<{ pageId: string; psid: string; profileTries: number } | null> {
  const retryAt = new Date(Date.now() + LEASE_MS);
  const [person] = await prisma.$queryRaw<{ pageId: string; psid: string; profileTries: number }[]>`
    UPDATE person SET "profileRetryAt" = ${retryAt}, "profileTries" = "profileTries" + 1
    WHERE ("pageId", psid) = (
      SELECT q."pageId", q.psid FROM person q JOIN page p ON p.id = q."pageId" AND p."connectedAt" IS NOT NULL
      WHERE q."profileRetryAt" <= now() ORDER BY q."profileRetryAt" FOR UPDATE OF q SKIP LOCKED LIMIT 1)
    RETURNING "pageId", psid, "profileTries"`;
  return person ?? null;
}
