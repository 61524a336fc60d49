import "server-only";
import { z } from "zod";
import type { Tx } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import { foldControl, leavesOpen } from "./control.ts";
import { type ControlColumns, readControl } from "./read-control.ts";
import { readControlFact } from "./read-control-fact.ts";
import type { ThreadKey } from "./thread-key.ts";
import type { ThreadNews } from "./thread-news.ts";

type Row = ControlColumns & { lastInboundAt: Date | null; refreshDueAt: Date | null; facts: unknown };

/** The database writes times as JSON text. */
const at = z.string().transform((text) => new Date(text));
const facts = z.array(
  z
    .object({
      key: z.string(),
      kind: z.string(),
      source: z.string(),
      appId: z.string().nullable(),
      at,
      isLeadHandover: z.boolean(),
      expiresAt: at.nullable(),
    })
    .transform(readControlFact),
);

/**
 * Moves a thread's clocks forward, never back, adds what was learned about who holds it, and folds control from all
 * its facts and the person's last action. Where that leaves the owner open, Meta is to be asked. The caller holds the
 * thread.
 */
export async function extendThread(
  tx: Tx,
  key: ThreadKey,
  news: ThreadNews,
  receivedAt: Date = new Date(),
): Promise<void> {
  const thread = await write(tx, key, news, receivedAt);
  const before = readControl(thread);
  const control = foldControl(facts.parse(thread.facts), env.META_APP_ID, thread.lastInboundAt);
  const now = new Date();
  const isDueAnyway = thread.refreshDueAt !== null && thread.refreshDueAt <= now;
  const isToBeAsked = leavesOpen(before, control) && !isDueAnyway;
  if (!isToBeAsked && JSON.stringify(before) === JSON.stringify(control)) return;
  await tx.thread.updateMany({
    where: { pageId: key.pageId, psid: key.psid },
    data: {
      control: control.state,
      controlAppId: control.appId,
      controlSince: control.since,
      controlExpiresAt: control.expiresAt,
      controlSource: control.source,
      ...(isToBeAsked ? { refreshDueAt: now, refreshTries: 0 } : {}),
    },
  });
}

/** Raw, because Prisma cannot say GREATEST, and to write and read it all as one statement. */
async function write(tx: Tx, { pageId, psid }: ThreadKey, news: ThreadNews, receivedAt: Date): Promise<Row> {
  const actionAt = news.lastAction?.at ?? null;
  const opener = news.lastAction?.opener ?? null;
  const [thread] = await tx.$queryRaw<Row[]>`
    WITH told AS (
      INSERT INTO control_fact
        ("pageId", psid, "receivedAt", key, kind, source, "appId", "fromAppId", "expiresAt", at, "isLeadHandover")
      SELECT ${pageId}, ${psid}, ${receivedAt}::timestamptz, * FROM jsonb_to_recordset(${JSON.stringify(news.facts ?? [])}::jsonb)
        AS fact (key text, kind text, source text, "appId" text, "fromAppId" text, "expiresAt" timestamptz,
          at timestamptz, "isLeadHandover" boolean)
      ON CONFLICT DO NOTHING
      RETURNING key, kind, source, "appId", at, "isLeadHandover", "expiresAt")
    UPDATE thread SET
      "lastOpener" = CASE
        WHEN ${actionAt}::timestamptz > COALESCE("lastActionAt", '-infinity') THEN ${opener}
        WHEN ${actionAt}::timestamptz = "lastActionAt" THEN LEAST("lastOpener" COLLATE "C", ${opener})
        ELSE "lastOpener" END,
      "lastActionAt" = GREATEST("lastActionAt", ${actionAt}::timestamptz),
      "firstAdMessageAt" = GREATEST("firstAdMessageAt", ${news.firstAdMessageAt ?? null}::timestamptz),
      "lastInboundAt" = GREATEST("lastInboundAt", ${news.lastInboundAt ?? null}::timestamptz),
      "lastOutboundAt" = GREATEST("lastOutboundAt", ${news.lastOutboundAt ?? null}::timestamptz),
      "lastHumanReplyAt" = GREATEST("lastHumanReplyAt", ${news.lastHumanReplyAt ?? null}::timestamptz),
      "deliveredWatermark" = GREATEST("deliveredWatermark", ${news.deliveredWatermark ?? null}::timestamptz),
      "readWatermark" = GREATEST("readWatermark", ${news.readWatermark ?? null}::timestamptz),
      "refusedAt" = GREATEST("refusedAt", ${news.refusedAt ?? null}::timestamptz)
    WHERE "pageId" = ${pageId} AND psid = ${psid}
    RETURNING control, "controlAppId", "controlSince", "controlExpiresAt", "controlSource", "lastInboundAt", "refreshDueAt",
      COALESCE((SELECT json_agg(one) FROM (
        SELECT * FROM told UNION ALL
        SELECT key, kind, source, "appId", at, "isLeadHandover", "expiresAt"
        FROM control_fact WHERE "pageId" = ${pageId} AND psid = ${psid}) one), '[]') AS facts`;
  if (thread === undefined) throw new Error("The thread that something was learned about is not there.");
  return thread;
}
