import "server-only";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { NO_PAGE } from "#lib/messenger/webhook-place.ts";

export type ReceivedTest = { key: string; field: string; at: Date };

const SHOWN = 5;

/**
 * The tests of the address that came, newest first: for those who look after the house. Most name no page at all, so
 * whoever may see this sees those.
 */
export async function findReceivedTests(viewer: Viewer): Promise<{ count: number; tests: ReceivedTest[] }> {
  if (viewer.role === "agent") return { count: 0, tests: [] };
  const visible = viewer.pageIds === null ? {} : { pageId: { in: [NO_PAGE, ...viewer.pageIds] } };
  const where = { kind: "test", state: "applied", ...visible };
  const [count, events] = await Promise.all([
    prisma.event.count({ where }),
    prisma.event.findMany({
      where,
      select: { pageId: true, key: true },
      orderBy: [{ receivedAt: "desc" }, { key: "asc" }],
      take: SHOWN,
    }),
  ]);
  const lines = await prisma.pageHistory.findMany({
    where: { pageId: { in: events.map(({ pageId }) => pageId) }, key: { in: events.map(({ key }) => key) } },
    select: { key: true, at: true, data: true },
    orderBy: [{ at: "desc" }, { id: "desc" }],
  });
  return { count, tests: lines.map(({ key, at, data }) => ({ key: key ?? "", at, field: fieldOf(data) })) };
}

function fieldOf(data: unknown): string {
  return typeof data === "object" && data !== null && "field" in data ? String(data.field) : "";
}
