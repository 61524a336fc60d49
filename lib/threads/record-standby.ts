import "server-only";
import type { Tx } from "#lib/db.ts";
import { recordControlFact } from "./record-control-fact.ts";
import type { ThreadKey } from "./thread-key.ts";

/**
 * An event came beside us: another app holds the thread at that moment. Receipts prove nothing: they come late, about
 * what was written before control changed.
 */
export async function recordStandby(
  tx: Tx,
  thread: ThreadKey,
  event: { kind: string; key: string; at: Date },
  receivedAt: Date,
): Promise<void> {
  if (event.kind === "delivery" || event.kind === "read") return;
  const fact = { kind: "standby", source: "standby", appId: null, isLeadHandover: false } as const;
  await recordControlFact(tx, thread, { key: event.key, at: event.at, ...fact }, receivedAt);
}
