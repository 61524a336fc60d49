import "server-only";
import { z } from "zod";
import type { Tx } from "#lib/db.ts";
import { env } from "#lib/env.ts";
import { foldControl, leavesOpen } from "./control.ts";
import { type ControlColumns, readControl } from "./read-control.ts";
import { readControlFact } from "./read-control-fact.ts";
import type { ThreadKey } from "./thread-key.ts";

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
 * Folds control from all its facts and the person's last action, and writes it on the thread where it differs: after
 * whatever changed one of them. Where that leaves the owner open, Meta is to be asked. Raw, to read it all as one.
 */
export async function refreshControl(tx: Tx, key: ThreadKey): Promise<void> {
  const { pageId, psid } = key;
  const [thread] = await tx.$queryRaw<Row[]>`
    SELECT control, "controlAppId", "controlSince", "controlExpiresAt", "controlSource", "lastInboundAt", "refreshDueAt",
      COALESCE((SELECT json_agg(one) FROM (
        SELECT key, kind, source, "appId", at, "isLeadHandover", "expiresAt"
        FROM control_fact WHERE "pageId" = ${pageId} AND psid = ${psid}) one), '[]') AS facts
    FROM thread WHERE "pageId" = ${pageId} AND psid = ${psid}`;
  if (thread === undefined) throw new Error("The thread that control is folded for is not there.");
  const before = readControl(thread);
  const control = foldControl(facts.parse(thread.facts), env.META_APP_ID, thread.lastInboundAt);
  const now = new Date();
  const isDueAnyway = thread.refreshDueAt !== null && thread.refreshDueAt <= now;
  const isToBeAsked = leavesOpen(before, control) && !isDueAnyway;
  if (!isToBeAsked && JSON.stringify(before) === JSON.stringify(control)) return;
  await tx.thread.updateMany({
    where: key,
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
