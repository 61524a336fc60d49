import "server-only";
import type { Tx } from "#lib/db.ts";
import type { ThreadReferral } from "#lib/messenger/meta-event.ts";
import { threadReferralNews } from "./event-news.ts";
import type { ThreadNews } from "./thread-news.ts";

/** Writes how the person came back. A link opens the window; a mere tap on an ad does not until they write. */
export async function recordThreadReferral(tx: Tx, event: ThreadReferral): Promise<ThreadNews> {
  const { pageId, psid, key, source, ref, adId, at } = event;
  await tx.referral.createMany({ data: { pageId, psid, key, source, ref, adId, at }, skipDuplicates: true });
  return threadReferralNews(event);
}
