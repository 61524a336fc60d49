import "server-only";
import type { Tx } from "#lib/db.ts";
import { newId } from "#lib/ids.ts";
import type { ActivityKind } from "./activity.ts";
import type { LeadRef } from "./lead-ref.ts";

/** Writes a line into a lead's history; without an actor it was the product itself. */
export async function tellActivity(
  tx: Tx,
  lead: LeadRef,
  activity: { kind: ActivityKind; actorId?: string; data?: Record<string, string | string[] | null> },
): Promise<void> {
  await tx.activity.create({
    data: {
      pageId: lead.pageId,
      id: newId(),
      leadId: lead.id,
      kind: activity.kind,
      actorId: activity.actorId ?? null,
      data: activity.data ?? {},
    },
    select: { id: true },
  });
}
