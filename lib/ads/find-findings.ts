import "server-only";
import { z } from "zod";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { addFindings, type Finding, openQuestions } from "./open-question.ts";
import { readFindings } from "./read-findings.ts";

/** Enough to tell a habit of Meta's from an exception, and read in well under a second. */
const NEWEST = 2_000;
/** A delivery may have 16 MB; two thousand such would take the door for deliveries down with them. */
const MOST_BYTES = { each: 1024 * 1024, together: 8 * 1024 * 1024 };

const counted = z.object({ question: z.enum(openQuestions), way: z.string(), count: z.number() });

/**
 * What a page's traffic says about the open questions: the newest kept deliveries as Meta sent them, and what
 * became of them. Nothing for a page the viewer may not see.
 */
export async function findFindings(pageId: string, viewer: Viewer): Promise<Finding[]> {
  if (viewer.pageIds !== null && !viewer.pageIds.includes(pageId)) return [];
  const [deliveries, results] = await Promise.all([findDeliveries(), countResults(pageId)]);
  return addFindings([...deliveries.flatMap(({ body }) => readFindings(body, pageId)), ...results]);
}

/** The newest kept deliveries, as many as fit. Raw, because their sizes decide before any of them is read. */
async function findDeliveries(): Promise<{ body: Uint8Array }[]> {
  return prisma.$queryRaw<{ body: Uint8Array }[]>`
    SELECT body FROM (
      SELECT body, sum(octet_length(body)) OVER (ORDER BY "receivedAt" DESC, id) AS bytes FROM (
        SELECT id, "receivedAt", body FROM raw_delivery
        WHERE state = 'opened' AND source = 'webhook' AND octet_length(body) <= ${MOST_BYTES.each}
        ORDER BY "receivedAt" DESC LIMIT ${NEWEST}) newest) sized
    WHERE bytes <= ${MOST_BYTES.together}`;
}

/** Raw: one list of counts over six questions, in one round trip. */
async function countResults(pageId: string): Promise<Finding[]> {
  const rows = await prisma.$queryRaw<unknown[]>`
    WITH s AS (
      SELECT "leadId", min("receivedAt") FILTER (WHERE kind = 'R') AS r, min("receivedAt") FILTER (WHERE kind = 'H') AS h,
        min("receivedAt") FILTER (WHERE kind = 'S') AS s
      FROM signal WHERE "pageId" = ${pageId} AND "leadId" IS NOT NULL GROUP BY "leadId"
    ), e AS (
      SELECT l.reason, l.at, EXISTS (
          SELECT 1 FROM signal x WHERE x."pageId" = ${pageId} AND x."leadId" = l.id AND x.kind = 'R') AS r,
        (SELECT max(m."sentAt") FROM message m
         WHERE m."pageId" = ${pageId} AND m.psid = l.psid AND m.direction = 'in' AND m."sentAt" <= l.at) AS spoke
      FROM lead l WHERE l."pageId" = ${pageId} AND l.status = 'incomplete'
    )
    SELECT 'referralOrder' AS question, CASE WHEN r < h THEN 'beforeHandover' WHEN r > h THEN 'afterHandover' ELSE 'withHandover' END AS way,
      count(*)::int AS count FROM s WHERE r IS NOT NULL AND h IS NOT NULL GROUP BY 2
    UNION ALL SELECT 'referralOrder', CASE WHEN r < s THEN 'beforeSummary' WHEN r > s THEN 'afterSummary' ELSE 'withSummary' END,
      count(*)::int FROM s WHERE r IS NOT NULL AND s IS NOT NULL GROUP BY 2
    UNION ALL SELECT 'stopGivesReferral', CASE WHEN r THEN 'yes' ELSE 'no' END, count(*)::int FROM e WHERE reason = 'stopped' GROUP BY 2
    UNION ALL SELECT 'interruptionGivesReferral', CASE WHEN r THEN 'yes' ELSE 'no' END, count(*)::int
      FROM e WHERE reason = 'interrupted' GROUP BY 2
    UNION ALL SELECT 'silenceEndsAfter', round(extract(epoch FROM at - spoke) / 3600)::text || ' h', count(*)::int
      FROM e WHERE reason = 'abandoned' AND spoke IS NOT NULL GROUP BY 2
    UNION ALL SELECT 'questionsAsEchoes', 'yes', count(*)::int FROM message
      WHERE "pageId" = ${pageId} AND direction = 'out' AND "appId" = '413038776280800'
    UNION ALL SELECT 'questionsRunningCode', "errorCode"::text, count(*)::int FROM reply
      WHERE "pageId" = ${pageId} AND "errorSubcode" = 2018321 AND "errorCode" IS NOT NULL GROUP BY 2
    UNION ALL SELECT 'adNames', CASE WHEN name IS NOT NULL THEN 'told' ELSE 'refused' END, count(*)::int FROM ad
      WHERE "pageId" = ${pageId} AND "namesTries" > 0 GROUP BY 2`;
  return rows.map((row) => counted.parse(row)).filter(({ count }) => count > 0);
}
