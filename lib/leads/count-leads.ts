import "server-only";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { type LeadReason, type LeadStatus, leadReasons, leadStatuses } from "./lead.ts";
import type { LeadFilter } from "./lead-filter.ts";
import { leadWhere } from "./lead-where.ts";

/** Counting stops here; screens write "999+". */
const CAP = 1_000;

export type LeadCounts = { all: number } & Record<LeadStatus, number> & { byReason: Record<LeadReason, number> };

/** How many leads stand behind each status tab under the rest of the filter. */
export async function countLeads(filter: LeadFilter, viewer: Viewer, timeZone = "UTC"): Promise<LeadCounts> {
  const now = new Date();
  const count = (wanted: Partial<Pick<LeadFilter, "status" | "reason">>) =>
    prisma.lead.count({
      where: leadWhere({ ...filter, status: [], reason: [], ...wanted }, viewer, now, timeZone),
      take: CAP,
    });
  const [all, statuses, reasons] = await Promise.all([
    count({}),
    Promise.all(leadStatuses.map(async (status) => [status, await count({ status: [status] })] as const)),
    Promise.all(leadReasons.map(async (reason) => [reason, await count({ reason: [reason] })] as const)),
  ]);
  const of = <T extends string>(pairs: (readonly [T, number])[], word: T) =>
    pairs.find(([one]) => one === word)?.[1] ?? 0;
  return {
    all,
    complete: of(statuses, "complete"),
    incomplete: of(statuses, "incomplete"),
    in_progress: of(statuses, "in_progress"),
    byReason: {
      disqualified: of(reasons, "disqualified"),
      abandoned: of(reasons, "abandoned"),
      stopped: of(reasons, "stopped"),
      interrupted: of(reasons, "interrupted"),
      unknown: of(reasons, "unknown"),
    },
  };
}
