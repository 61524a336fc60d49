import "server-only";
import { z } from "zod";
import type { Tx } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import { controlFactKinds, controlFactSources } from "#lib/threads/control.ts";
import { answers } from "./lead.ts";

const NEWEST = 1_000;

/** The database writes times as JSON text. */
const at = z.string().transform((text) => new Date(text));

const evidence = z.object({
  psid: z.string(),
  refreshDueAt: z.date().nullable(),
  historyReadAt: z.date().nullable(),
  probableActionAt: z.date().nullable(),
  signals: z.array(
    z.object({
      key: z.string(),
      kind: z.enum(["R", "S", "H"]),
      at,
      outcome: z.enum(["complete", "incomplete"]),
      adId: z.string().nullable(),
      answers,
      text: z.string().nullable(),
      isRecovered: z.boolean(),
      leadId: z.string().nullable(),
      receivedAt: at,
    }),
  ),
  labels: z.array(z.object({ key: z.string(), name: z.string(), isRemoval: z.boolean(), at })),
  signs: z.array(z.object({ key: z.string(), leadId: z.string() })),
  facts: z.array(
    z.object({
      key: z.string(),
      kind: z.enum(controlFactKinds),
      source: z.enum(controlFactSources),
      appId: z.string().nullable(),
      fromAppId: z.string().nullable(),
      at,
      isLeadHandover: z.boolean(),
      expiresAt: at.nullable(),
    }),
  ),
  heard: z.array(z.object({ mid: z.string(), at, text: z.string().nullable() })),
  sends: z.array(at),
  leads: z.array(
    z.object({
      id: z.string(),
      createdAt: at,
      status: z.string(),
      reason: z.string().nullable(),
      adId: z.string().nullable(),
      at,
      answers,
    }),
  ),
});
export type Evidence = z.infer<typeof evidence>;

/**
 * Everything the leads of these threads are folded from, and the leads as they stand. The threads are locked by the
 * caller. Raw, because it is read for every batch of events, and as one statement.
 */
export async function findEvidence(tx: Tx, pageId: string, psids: readonly string[]): Promise<Evidence[]> {
  if (psids.length === 0) return [];
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT t.psid, t."refreshDueAt", t."historyReadAt", t."probableActionAt",
      COALESCE((SELECT json_agg(one) FROM (
        SELECT key, kind, at, outcome, "adId", answers, text, "isRecovered", "leadId", "receivedAt"
        FROM signal WHERE "pageId" = ${pageId} AND psid = t.psid) one), '[]') AS signals,
      COALESCE((SELECT json_agg(one) FROM (
        SELECT key, name, "isRemoval", at FROM label_fact WHERE "pageId" = ${pageId} AND psid = t.psid) one), '[]') AS labels,
      COALESCE((SELECT json_agg(one) FROM (
        SELECT key, "leadId" FROM weak_signal WHERE "pageId" = ${pageId} AND psid = t.psid) one), '[]') AS signs,
      COALESCE((SELECT json_agg(one) FROM (
        SELECT key, kind, source, "appId", "fromAppId", at, "isLeadHandover", "expiresAt"
        FROM control_fact WHERE "pageId" = ${pageId} AND psid = t.psid) one), '[]') AS facts,
      COALESCE((SELECT json_agg(one) FROM (
        SELECT mid, "sentAt" AS at, text FROM message
        WHERE "pageId" = ${pageId} AND psid = t.psid AND direction = 'in'
        ORDER BY "sentAt" DESC, mid DESC LIMIT ${NEWEST}) one), '[]') AS heard,
      COALESCE((SELECT json_agg(at) FROM (
        SELECT "sentAt" AS at FROM message
        WHERE "pageId" = ${pageId} AND psid = t.psid AND direction = 'out'
          AND ("appId" = ${env.META_APP_ID} OR "replyId" IS NOT NULL)
        ORDER BY "sentAt" DESC, mid DESC LIMIT ${NEWEST}) one), '[]') AS sends,
      COALESCE((SELECT json_agg(one) FROM (
        SELECT id, "createdAt", status, reason, "adId", at,
          COALESCE((SELECT json_agg(json_build_object('question', question, 'answer', answer) ORDER BY position)
            FROM answer WHERE "pageId" = ${pageId} AND "leadId" = lead.id), '[]') AS answers
        FROM lead WHERE "pageId" = ${pageId} AND psid = t.psid) one), '[]') AS leads
    FROM thread t WHERE t."pageId" = ${pageId} AND t.psid = ANY (${[...psids]})`;
  return rows.map((row) => evidence.parse(row));
}
