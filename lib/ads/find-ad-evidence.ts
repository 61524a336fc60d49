import "server-only";
import { z } from "zod";
import { prisma } from "#lib/db.ts";
import type { AdEvidence } from "./template-guess.ts";

const DAYS = 90;

const row = z.object({
  adId: z.string(),
  leads: z.number(),
  complete: z.number(),
  referrals: z.number(),
  handovers: z.number(),
  summaries: z.number(),
  heard: z.number(),
  refused: z.number(),
  interruptedByUs: z.number(),
  stopped: z.number(),
  stopWords: z.array(z.string()),
});

/**
 * What the leads of a page's ads brought with them in the last 90 days, by ad. Raw: counts of conditions over four
 * tables in one pass, which Prisma would read row by row.
 */
export async function findAdEvidence(pageId: string): Promise<Map<string, AdEvidence>> {
  const rows = await prisma.$queryRaw<unknown[]>`
    WITH l AS (
      SELECT id, psid, "adId", status, reason, at FROM lead
      WHERE "pageId" = ${pageId} AND "adId" IS NOT NULL AND source = 'messenger'
        AND at > now() - make_interval(days => ${DAYS})
    ), told AS (
      SELECT l.*,
        EXISTS (SELECT 1 FROM signal s WHERE s."pageId" = ${pageId} AND s."leadId" = l.id AND s.kind = 'R') AS r,
        EXISTS (SELECT 1 FROM signal s WHERE s."pageId" = ${pageId} AND s."leadId" = l.id AND s.kind = 'H') AS h,
        EXISTS (SELECT 1 FROM signal s WHERE s."pageId" = ${pageId} AND s."leadId" = l.id AND s.kind = 'S') AS s,
        EXISTS (
          SELECT 1 FROM message m JOIN answer a ON a."pageId" = m."pageId" AND a."leadId" = l.id AND a.answer = m.text
          WHERE m."pageId" = ${pageId} AND m.psid = l.psid AND m.direction = 'in'
            AND m."sentAt" BETWEEN l.at - interval '2 days' AND l.at) AS heard,
        EXISTS (
          SELECT 1 FROM control_fact f
          WHERE f."pageId" = ${pageId} AND f.psid = l.psid AND f.kind = 'leadgen_asking' AND f.source = 'send_error'
            AND f.at BETWEEN l.at - interval '2 days' AND l.at) AS refused,
        l.reason = 'interrupted' AND EXISTS (
          SELECT 1 FROM reply y WHERE y."pageId" = ${pageId} AND y.psid = l.psid AND y.state = 'sent'
            AND y."sendingAt" BETWEEN l.at - interval '1 minute' AND l.at + interval '1 minute') AS "byUs",
        CASE WHEN l.reason = 'stopped' THEN (
          SELECT lower(btrim(m.text)) FROM message m
          WHERE m."pageId" = ${pageId} AND m.psid = l.psid AND m.direction = 'in' AND length(m.text) <= 40
            AND m."sentAt" BETWEEN l.at - interval '1 minute' AND l.at
          ORDER BY m."sentAt" DESC LIMIT 1) END AS word
      FROM l
    )
    SELECT "adId", count(*)::int AS leads,
      (count(*) FILTER (WHERE status = 'complete'))::int AS complete,
      (count(*) FILTER (WHERE r))::int AS referrals, (count(*) FILTER (WHERE h))::int AS handovers,
      (count(*) FILTER (WHERE s))::int AS summaries, (count(*) FILTER (WHERE heard))::int AS heard,
      (count(*) FILTER (WHERE refused))::int AS refused, (count(*) FILTER (WHERE "byUs"))::int AS "interruptedByUs",
      (count(*) FILTER (WHERE reason = 'stopped'))::int AS stopped,
      COALESCE(array_agg(DISTINCT word) FILTER (WHERE word IS NOT NULL), '{}') AS "stopWords"
    FROM told GROUP BY "adId"`;
  return new Map(rows.map((one) => row.parse(one)).map(({ adId, ...evidence }) => [adId, evidence]));
}
