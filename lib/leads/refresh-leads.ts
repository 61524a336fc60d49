import "server-only";
import type { Tx } from "#lib/db.ts";
import { PAGE_INBOX_APP_IDS } from "#lib/messenger/app-ids.ts";
import { readWindow, type WindowColumns } from "#lib/threads/read-window.ts";
import { windowEnds } from "#lib/threads/window.ts";
import { searchText } from "./search-text.ts";
import { latestOf, waitingSince } from "./waiting.ts";

const SEARCHED_MESSAGES = 50;

/** A lead with what its thread, its page and its ad say. */
type Row = WindowColumns & {
  id: string;
  psid: string;
  at: Date;
  status: string;
  adId: string | null;
  doneAt: Date | null;
  /** When a human of ours first got a message accepted after the lead came in, by Meta's clock. */
  firstResponseAt: Date | null;
  given: string[];
  searched: string | null;
  adTitle: string | null;
  lastInboundAt: Date | null;
  lastOutboundAt: Date | null;
  lastHumanReplyAt: Date | null;
  hasHumanAgent: boolean | null;
  fullName: string | null;
  unansweredAt: Date | null;
  said: string[];
};

/**
 * Copies the figures of a page's threads onto their leads, so that one index serves a sorted list, and renews what a
 * search looks through. Returns the ids of the leads. The threads are locked by the caller.
 */
export async function refreshLeads(tx: Tx, pageId: string, psids: readonly string[]): Promise<string[]> {
  const leads = psids.length === 0 ? [] : await findLeads(tx, pageId, psids);
  if (leads.length === 0) return [];
  await write(
    tx,
    pageId,
    leads.map(figuresOf),
    leads.flatMap((lead) => {
      const { id, psid, searched, fullName, given, adTitle, adId, said } = lead;
      const text = searchText([fullName, ...given, adTitle, ...said], [psid, adId]);
      return text === searched ? [] : [{ id, text }];
    }),
  );
  return leads.map((lead) => lead.id);
}

/** Raw, because a thread's figures, its newest texts and its page are read together, once for every batch of events. */
function findLeads(tx: Tx, pageId: string, psids: readonly string[]): Promise<Row[]> {
  return tx.$queryRaw<Row[]>`
    SELECT lead.id, lead.psid, lead.at, lead.status, lead."adId", lead."doneAt", ad.title AS "adTitle",
      lead_search.text AS searched,
      ARRAY(SELECT answer FROM answer WHERE "pageId" = ${pageId} AND "leadId" = lead.id ORDER BY position) AS given,
      LEAST((SELECT min("sentAt") FROM message
        WHERE "pageId" = ${pageId} AND psid = lead.psid AND direction = 'out' AND "sentAt" >= lead.at
          AND ("appId" = ANY (${[...PAGE_INBOX_APP_IDS]}) OR ("replyId" IS NOT NULL AND NOT EXISTS (
            -- What we send by ourselves is no human's answer.
            SELECT FROM reply WHERE reply."pageId" = ${pageId} AND reply.id = message."replyId" AND "authorId" IS NULL)))
      -- A reply without Meta's id of it arrived by a person's word, and is no message here.
      ), (SELECT min("sendingAt") FROM reply
        WHERE "pageId" = ${pageId} AND reply.psid = lead.psid AND state = 'sent' AND mid IS NULL AND "authorId" IS NOT NULL
          AND "sendingAt" >= lead.at)) AS "firstResponseAt",
      thread."lastActionAt", thread."lastOpener", thread."firstAdMessageAt", thread."probableActionAt", thread."refusedAt",
      thread."lastInboundAt", thread."lastOutboundAt", thread."lastHumanReplyAt", page."hasHumanAgent", person."fullName",
      (SELECT min("sentAt") FROM message
        WHERE "pageId" = ${pageId} AND psid = lead.psid AND direction = 'in'
          AND "sentAt" > COALESCE(thread."lastHumanReplyAt", '-infinity')) AS "unansweredAt",
      ARRAY(SELECT COALESCE(text, '') FROM message WHERE "pageId" = ${pageId} AND psid = lead.psid
        ORDER BY "sentAt" DESC, mid DESC LIMIT ${SEARCHED_MESSAGES}) AS said
    FROM lead
    JOIN thread ON thread."pageId" = ${pageId} AND thread.psid = lead.psid
    JOIN person ON person."pageId" = ${pageId} AND person.psid = lead.psid
    LEFT JOIN page ON page.id = ${pageId}
    LEFT JOIN ad ON ad."pageId" = ${pageId} AND ad."adId" = lead."adId"
    LEFT JOIN lead_search ON lead_search."pageId" = ${pageId} AND lead_search."leadId" = lead.id
    WHERE lead."pageId" = ${pageId} AND lead.psid = ANY (${[...psids]})`;
}

function figuresOf(lead: Row): object {
  const { id, at, status, doneAt, firstResponseAt, lastInboundAt, lastOutboundAt, lastHumanReplyAt } = lead;
  // Whoever writes again is not done.
  const isDone = doneAt !== null && (lastInboundAt === null || lastInboundAt <= doneAt);
  return {
    id,
    ...windowEnds(readWindow(lead, lead.hasHumanAgent ?? false)),
    doneAt: isDone ? doneAt : null,
    lastInboundAt,
    lastActivityAt: latestOf(at, lastInboundAt, lastOutboundAt),
    waitingSince: waitingSince({ at, status, isDone }, lastHumanReplyAt, lead.unansweredAt),
    firstResponseAt,
  };
}

/** Raw, so that all leads and their texts are one statement. */
async function write(tx: Tx, pageId: string, figures: object[], texts: object[]): Promise<void> {
  await tx.$executeRaw`
    WITH searched AS (
      INSERT INTO lead_search ("pageId", "leadId", text)
      SELECT ${pageId}, id, text FROM jsonb_to_recordset(${JSON.stringify(texts)}::jsonb) AS new (id uuid, text text)
      ON CONFLICT ("pageId", "leadId") DO UPDATE SET text = excluded.text)
    UPDATE lead SET "freeUntil" = fresh."freeUntil", "probableUntil" = fresh."probableUntil", "humanUntil" = fresh."humanUntil",
      "doneAt" = fresh."doneAt", "lastInboundAt" = fresh."lastInboundAt", "lastActivityAt" = fresh."lastActivityAt",
      "waitingSince" = fresh."waitingSince", "firstResponseAt" = fresh."firstResponseAt", "changedAt" = ${new Date()}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(figures)}::jsonb) AS fresh (
      id uuid, "freeUntil" timestamptz, "probableUntil" timestamptz, "humanUntil" timestamptz, "doneAt" timestamptz,
      "lastInboundAt" timestamptz, "lastActivityAt" timestamptz, "waitingSince" timestamptz, "firstResponseAt" timestamptz)
    WHERE lead."pageId" = ${pageId} AND lead.id = fresh.id`;
}
