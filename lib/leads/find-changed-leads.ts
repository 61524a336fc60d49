import "server-only";
import { pagesWithin, type Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { Prisma } from "#lib/generated/prisma/client.ts";
import { formatLeadRef } from "./lead-ref.ts";

const MANY = 200;
/** A change carries the time it was made at and is seen when its transaction ends. */
const COMMIT_MS = 10_000;

/** Which leads changed since then, as far as the viewer may see them; null when there are too many to name. */
export async function findChangedLeads(since: Date, viewer: Viewer): Promise<string[] | null> {
  const leads = await prisma.lead.findMany({
    where: {
      pageId: pagesWithin(viewer, []) ?? Prisma.skip,
      changedAt: { gte: new Date(since.getTime() - COMMIT_MS) },
    },
    select: { pageId: true, id: true },
    take: MANY + 1,
  });
  return leads.length > MANY ? null : leads.map(formatLeadRef);
}
