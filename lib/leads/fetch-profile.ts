import "server-only";
import { databaseNow } from "#lib/database-now.ts";
import { prisma } from "#lib/db.ts";
import { expectMedia } from "#lib/media/expect-media.ts";
import { personMedia } from "#lib/media/media-owner.ts";
import { getProfile } from "#lib/messenger/get-profile.ts";
import { askMeta } from "#lib/pages/ask-meta.ts";
import { readablePages } from "#lib/pages/readable-pages.ts";
import { askForRefresh } from "#lib/threads/ask-for-refresh.ts";
import { retellThread } from "./retell-thread.ts";

const MINUTE = 60 * 1000;
const TRIES = 6;

type DuePerson = { pageId: string; psid: string; profileTries: number };

/**
 * Asks Meta who the next person is whom we do not know yet. Never holds a lead back: the lead is on the
 * screens long before. False when nobody is due.
 */
export async function fetchProfile(): Promise<boolean> {
  const person = await leasePerson();
  if (person === null) return false;
  const { pageId, psid, profileTries } = person;
  const profile = await askMeta(pageId, ({ token, platform }) => getProfile(psid, token, platform));
  const isNamed = profile.outcome === "named";
  const isSettled = isNamed || profile.outcome === "nameless" || profileTries >= TRIES;
  const now = await databaseNow(prisma);
  await prisma.person.update({
    where: { pageId_psid: { pageId, psid } },
    data: {
      ...(isNamed ? { fullName: profile.name, nameSource: "profile" } : {}),
      profileRetryAt: isSettled ? null : new Date(now.getTime() + MINUTE * 4 ** profileTries),
    },
    select: { psid: true },
  });
  // Without the profile feature Meta still names who takes part in a conversation, and that is read at its own pace.
  if (profile.outcome === "nameless") await askForRefresh(prisma, { pageId, psid }, new Date());
  if (profile.outcome === "named" && profile.pictureUrl !== null) {
    await expectMedia(prisma, pageId, [{ owner: personMedia(psid), sourceUrl: profile.pictureUrl, psid }]);
  }
  if (isNamed) await retellThread({ pageId, psid });
  return true;
}

/** Raw for SKIP LOCKED; the time to ask again is the lease. */
async function leasePerson(): Promise<DuePerson | null> {
  const [person] = await prisma.$queryRaw<DuePerson[]>`
    UPDATE person SET "profileRetryAt" = now() + interval '1 minute', "profileTries" = "profileTries" + 1
    WHERE ("pageId", psid) = (
      SELECT q."pageId", q.psid FROM person q
      WHERE q."profileRetryAt" <= now() AND q."pageId" IN (${readablePages()})
      ORDER BY q."profileRetryAt" FOR UPDATE SKIP LOCKED LIMIT 1)
    RETURNING "pageId", psid, "profileTries"`;
  return person ?? null;
}
