import "server-only";
import { z } from "zod";
import type { Tx } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import { type Control, foldControl, leavesOpen } from "./control.ts";
import { checkThread } from "./invariants.ts";
import { type ControlColumns, readControl } from "./read-control.ts";
import { readControlFact } from "./read-control-fact.ts";
import { type Heard, joinNews } from "./thread-news.ts";

type Row = ControlColumns & {
  psid: string;
  lastActionAt: Date | null;
  lastOpener: string | null;
  lastInboundAt: Date | null;
  isAskedAnyway: boolean;
  facts: unknown;
};

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
 * Moves the clocks of a page's threads forward, never back, adds what was learned about who holds them, and folds
 * control from all facts and the person's last action. Where that leaves the owner open, Meta is to be asked. The
 * caller holds the threads. `isChecked`: what contradicts itself afterwards is undone by throwing; not where Meta has
 * done already what is written down.
 */
export async function extendThreads(
  tx: Tx,
  pageId: string,
  heard: readonly Heard[],
  { isChecked = false }: { isChecked?: boolean } = {},
): Promise<void> {
  if (heard.length === 0) return;
  const threads = await write(tx, pageId, heard);
  if (threads.length < new Set(heard.map(({ psid }) => psid)).size) {
    throw new Error("A thread that something was learned about is not there.");
  }
  const changed = threads.flatMap((thread) => {
    const before = readControl(thread);
    const known = facts.parse(thread.facts);
    const control = foldControl(known, env.META_APP_ID, thread.lastInboundAt);
    if (isChecked) checkThread(thread, control, known);
    const isToBeAsked = leavesOpen(before, control) && !thread.isAskedAnyway;
    const isSame = JSON.stringify(before) === JSON.stringify(control);
    return isSame && !isToBeAsked ? [] : [{ psid: thread.psid, control, isToBeAsked }];
  });
  if (changed.length > 0) await setControl(tx, pageId, changed);
}

/** Raw, because Prisma cannot say GREATEST, and to write and read it all as one statement. */
function write(tx: Tx, pageId: string, heard: readonly Heard[]): Promise<Row[]> {
  const facts = heard.flatMap(({ psid, receivedAt, news }) =>
    (news.facts ?? []).map((fact) => ({ psid, receivedAt, ...fact })),
  );
  const clocks = [...Map.groupBy(heard, ({ psid }) => psid)].map(([psid, all]) => {
    const { lastAction, facts: _, ...rest } = joinNews(all.map(({ news }) => news));
    return { psid, actionAt: lastAction?.at, opener: lastAction?.opener, ...rest };
  });
  return tx.$queryRaw<Row[]>`
    WITH told AS (
      INSERT INTO control_fact
        ("pageId", psid, "receivedAt", key, kind, source, "appId", "fromAppId", "expiresAt", at, "isLeadHandover")
      SELECT ${pageId}, * FROM jsonb_to_recordset(${JSON.stringify(facts)}::jsonb)
        AS fact (psid text, "receivedAt" timestamptz, key text, kind text, source text, "appId" text, "fromAppId" text,
          "expiresAt" timestamptz, at timestamptz, "isLeadHandover" boolean)
      ON CONFLICT DO NOTHING
      RETURNING psid, key, kind, source, "appId", at, "isLeadHandover", "expiresAt")
    UPDATE thread SET
      "lastOpener" = CASE
        WHEN news."actionAt" > COALESCE("lastActionAt", '-infinity') THEN news.opener
        WHEN news."actionAt" = "lastActionAt" THEN LEAST("lastOpener" COLLATE "C", news.opener)
        ELSE "lastOpener" END,
      "lastActionAt" = GREATEST("lastActionAt", news."actionAt"),
      "firstAdMessageAt" = GREATEST(thread."firstAdMessageAt", news."firstAdMessageAt"),
      "lastInboundAt" = GREATEST(thread."lastInboundAt", news."lastInboundAt"),
      "lastOutboundAt" = GREATEST(thread."lastOutboundAt", news."lastOutboundAt"),
      "lastHumanReplyAt" = GREATEST(thread."lastHumanReplyAt", news."lastHumanReplyAt"),
      "deliveredWatermark" = GREATEST(thread."deliveredWatermark", news."deliveredWatermark"),
      "readWatermark" = GREATEST(thread."readWatermark", news."readWatermark"),
      "refusedAt" = GREATEST(thread."refusedAt", news."refusedAt")
    FROM jsonb_to_recordset(${JSON.stringify(clocks)}::jsonb) AS news (psid text, "actionAt" timestamptz, opener text,
      "firstAdMessageAt" timestamptz, "lastInboundAt" timestamptz, "lastOutboundAt" timestamptz,
      "lastHumanReplyAt" timestamptz, "deliveredWatermark" timestamptz, "readWatermark" timestamptz, "refusedAt" timestamptz)
    WHERE thread."pageId" = ${pageId} AND thread.psid = news.psid
    RETURNING thread.psid, control, "controlAppId", "controlSince", "controlExpiresAt", "controlSource",
      "lastActionAt", "lastOpener", thread."lastInboundAt", COALESCE("refreshDueAt" <= clock_timestamp(), false) AS "isAskedAnyway",
      COALESCE((SELECT json_agg(one) FROM (
        SELECT key, kind, source, "appId", at, "isLeadHandover", "expiresAt" FROM told WHERE told.psid = thread.psid
        UNION ALL
        SELECT key, kind, source, "appId", at, "isLeadHandover", "expiresAt"
        FROM control_fact WHERE "pageId" = ${pageId} AND control_fact.psid = thread.psid) one), '[]') AS facts`;
}

/** Raw, because Prisma has no update of many rows to different values. */
async function setControl(
  tx: Tx,
  pageId: string,
  changed: readonly { psid: string; control: Control; isToBeAsked: boolean }[],
): Promise<void> {
  const rows = changed.map(({ psid, control, isToBeAsked }) => ({ psid, isToBeAsked, ...control }));
  await tx.$executeRaw`
    UPDATE thread SET control = fresh.state, "controlAppId" = fresh."appId", "controlSince" = fresh.since,
      "controlExpiresAt" = fresh."expiresAt", "controlSource" = fresh.source,
      "refreshDueAt" = CASE WHEN fresh."isToBeAsked" THEN now() ELSE "refreshDueAt" END,
      "refreshTries" = CASE WHEN fresh."isToBeAsked" THEN 0 ELSE "refreshTries" END
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS fresh (psid text, "isToBeAsked" boolean, state text,
      "appId" text, since timestamptz, "expiresAt" timestamptz, source text)
    WHERE thread."pageId" = ${pageId} AND thread.psid = fresh.psid`;
}
