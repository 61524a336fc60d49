import "server-only";
import type { Tx } from "#lib/db.ts";
import type { Reaction } from "#lib/messenger/meta-event.ts";
import { reactionNews } from "./event-news.ts";
import type { ThreadNews } from "./thread-news.ts";

/**
 * Writes what the person thinks of a message. The newest word stands, in whatever order they come; a
 * reaction is an act of the person and opens the window. Raw, because Prisma has no conditional upsert.
 */
export async function recordReaction(tx: Tx, event: Reaction): Promise<ThreadNews> {
  const { pageId, psid, mid, emoji, at, key } = event;
  await tx.$executeRaw`
    INSERT INTO reaction ("pageId", mid, psid, emoji, at, key) VALUES (${pageId}, ${mid}, ${psid}, ${emoji}, ${at}, ${key})
    ON CONFLICT ("pageId", mid, psid) DO UPDATE SET emoji = excluded.emoji, at = excluded.at, key = excluded.key
    WHERE (excluded.at, excluded.key) > (reaction.at, reaction.key)`;
  return reactionNews(event);
}
