import "server-only";
import type { Viewer } from "#lib/agents/viewer.ts";
import type { Tx } from "#lib/db.ts";
import type { LeadRef } from "./lead-ref.ts";
import { visibleTo } from "./visible-to.ts";

/** The lead an address names, also by an id that was joined into it; null when there is none for this viewer. */
export async function resolveLead(
  tx: Tx,
  { pageId, id }: LeadRef,
  viewer: Viewer,
): Promise<{ pageId: string; id: string; psid: string | null } | null> {
  const alias = await tx.leadAlias.findUnique({
    where: { pageId_aliasId: { pageId, aliasId: id } },
    select: { leadId: true },
  });
  return tx.lead.findFirst({
    where: { AND: [{ pageId, id: alias?.leadId ?? id }, visibleTo(viewer)] },
    select: { pageId: true, id: true, psid: true },
  });
}
