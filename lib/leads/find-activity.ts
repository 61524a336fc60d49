import "server-only";
import { z } from "zod";
import { findAgentNames } from "#lib/agents/find-agent-names.ts";
import { prisma } from "#lib/db.ts";
import type { LeadActivity } from "./lead-page.ts";
import type { LeadRef } from "./lead-ref.ts";

const NEWEST = 200;
const activityData = z.record(z.string(), z.unknown()).catch({});

/** What happened to a lead, newest first, with names. Who may see the lead was decided by the caller's query. */
export async function findActivity({ pageId, id }: LeadRef): Promise<LeadActivity[]> {
  const rows = await prisma.activity.findMany({
    where: { pageId, leadId: id },
    select: { id: true, kind: true, actorId: true, at: true, data: true },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: NEWEST,
  });
  const lines = rows.map((row) => ({ ...row, data: activityData.parse(row.data) }));
  const nameOf = await findAgentNames(
    lines.flatMap(({ actorId, data }) => [actorId, assigneeOf(data)].filter((one) => one !== null)),
  );
  return lines.map(({ actorId, data, ...line }) => ({
    ...line,
    actor: actorId === null ? null : nameOf(actorId),
    data: line.kind === "assigned" ? { ...data, name: nameOf(assigneeOf(data) ?? "") } : data,
  }));
}

/** Whom a lead was given to, by its line; see activity.ts. */
function assigneeOf(data: Record<string, unknown>): string | null {
  return z.guid().safeParse(data.to).data ?? null;
}
