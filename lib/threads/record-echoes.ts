import "server-only";
import type { Tx } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import type { Echo, Received } from "#lib/messenger/meta-event.ts";
import { type EchoedReply, echoNews } from "./event-news.ts";
import { expectFiles } from "./expect-files.ts";
import { findEarlierReceipts } from "./find-earlier-receipts.ts";
import { messageTimes } from "./message-times.ts";
import { recordDeletion } from "./record-deletion.ts";
import { settleByEcho } from "./settle-by-echo.ts";
import type { Heard } from "./thread-news.ts";

type Said = { echo: Received<Echo>; reply: EchoedReply };

/**
 * Writes messages of the page's side, whoever wrote them. Our own settle the reply they are the echo of; one
 * written in the Page Inbox tells that the inbox holds the thread; one of Leadgen that its questions run.
 */
export async function recordEchoes(tx: Tx, pageId: string, events: readonly Received<Echo>[]): Promise<Heard[]> {
  const isOurs = await findOurs(tx, pageId, events);
  const said: Said[] = [];
  let unwritten: Said[] = [];
  for (const echo of events) {
    if (echo.isDeleted) {
      await write(tx, pageId, unwritten);
      unwritten = [];
      await recordDeletion(tx, echo, echo.receivedAt);
      continue;
    }
    const one = { echo, reply: isOurs(echo) ? await settleByEcho(tx, echo) : null };
    said.push(one);
    unwritten.push(one);
  }
  await write(tx, pageId, unwritten);

  const earlierReceipt = await findEarlierReceipts(tx, pageId, events);
  return said.flatMap(({ echo, reply }) => {
    const { psid, receivedAt } = echo;
    return [
      { psid, receivedAt, news: echoNews(echo, reply, env.META_APP_ID) },
      { psid, receivedAt, news: earlierReceipt(echo) },
    ];
  });
}

async function write(tx: Tx, pageId: string, said: readonly Said[]): Promise<void> {
  if (said.length === 0) return;
  const times = messageTimes(said.map(({ echo }) => echo));
  for (const round of rounds(said)) await upsert(tx, pageId, round, times);
  // Our own files we keep already.
  await expectFiles(
    tx,
    pageId,
    said.flatMap(({ echo, reply }) => (reply === null ? [echo] : [])),
  );
}

/** Which of these may be our own replies: another app's have neither our metadata nor a mid that Meta answered us. */
async function findOurs(tx: Tx, pageId: string, echoes: readonly Echo[]): Promise<(echo: Echo) => boolean> {
  const likely = echoes.filter(
    ({ appId, metadata }) => appId === null || appId === env.META_APP_ID || metadata !== null,
  );
  if (likely.length === 0) return () => false;
  const mids = likely.map(({ mid }) => mid);
  const words = likely.flatMap(({ metadata }) => metadata ?? []);
  const replies = await tx.reply.findMany({
    where: {
      pageId,
      psid: { in: [...new Set(likely.map(({ psid }) => psid))] },
      OR: [{ mid: { in: mids } }, { metadata: { in: words } }],
    },
    select: { mid: true, metadata: true },
  });
  const known = new Set(replies.flatMap(({ mid, metadata }) => [mid, metadata]));
  return ({ mid, metadata }) => known.has(mid) || (metadata !== null && known.has(metadata));
}

/** A statement writes a row once: what speaks of one message twice is written one after the other. */
function rounds(said: readonly Said[]): Said[][] {
  const byMid = [...Map.groupBy(said, ({ echo }) => echo.mid).values()];
  const most = Math.max(...byMid.map(({ length }) => length));
  return Array.from({ length: most }, (_, i) => byMid.flatMap((ofOne) => ofOne.slice(i, i + 1)));
}

/**
 * The send's own answer, or the history, may have written the row before; Meta's clock is the one that counts. Where
 * they did not know the app, the echo knows better. What another echo of it knew and this one does not stays. Raw,
 * because Prisma has no such upsert.
 */
async function upsert(
  tx: Tx,
  pageId: string,
  said: readonly Said[],
  times: ReturnType<typeof messageTimes>,
): Promise<void> {
  const rows = said.map(({ echo, reply }) => {
    const { psid, receivedAt, mid, text, attachments, replyToMid } = echo;
    const { at, otherKey } = times.get(mid) ?? { at: echo.at, otherKey: null };
    const appId = echo.appId ?? (reply === null ? null : env.META_APP_ID);
    const replyId = reply?.id ?? null;
    return { psid, receivedAt, mid, text, attachments, replyToMid, sentAt: at, appId, replyId, otherKey };
  });
  await tx.$executeRaw`
    WITH told AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS told (psid text, "receivedAt" timestamptz, mid text, text text, attachments jsonb, "replyToMid" text,
          "sentAt" timestamptz, "appId" text, "replyId" uuid, "otherKey" text)),
    twice AS (
      SELECT told.mid FROM told JOIN event ON event."pageId" = ${pageId} AND key = "otherKey" AND state = 'applied')
    INSERT INTO message
      ("pageId", direction, psid, "receivedAt", mid, text, attachments, "replyToMid", "sentAt", "appId", "replyId")
    SELECT ${pageId}, 'out', psid, "receivedAt", mid, text, attachments, "replyToMid", "sentAt", "appId", "replyId" FROM told
    ON CONFLICT ("pageId", mid) DO UPDATE SET
      "sentAt" = CASE WHEN message.mid IN (SELECT mid FROM twice)
        THEN LEAST(message."sentAt", excluded."sentAt") ELSE excluded."sentAt" END,
      "replyId" = COALESCE(excluded."replyId", message."replyId"),
      "appId" = COALESCE(excluded."appId", message."appId"),
      text = CASE WHEN message."appId" IS NULL AND excluded."appId" IS NOT NULL AND message."deletedAt" IS NULL
        THEN excluded.text ELSE message.text END,
      attachments = CASE WHEN message."appId" IS NULL AND excluded."appId" IS NOT NULL AND message."deletedAt" IS NULL
        THEN excluded.attachments ELSE message.attachments END,
      "replyToMid" = CASE WHEN message."appId" IS NULL AND excluded."appId" IS NOT NULL AND message."deletedAt" IS NULL
        THEN excluded."replyToMid" ELSE message."replyToMid" END`;
}
