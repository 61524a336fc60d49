import "server-only";
import type { Tx } from "#lib/db.ts";
import type { LabelChange } from "#lib/messenger/meta-event.ts";

/** Writes that a label was put on a thread or taken off; Meta's own four say how a lead ended. */
export async function recordLabel(tx: Tx, event: LabelChange, receivedAt: Date): Promise<void> {
  const { pageId, psid, key, name, isRemoval, at } = event;
  await tx.labelFact.createMany({ data: { pageId, psid, key, name, isRemoval, at, receivedAt }, skipDuplicates: true });
}
