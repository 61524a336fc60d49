import "server-only";
import { z } from "zod";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { readRawItems } from "#lib/messenger/read-webhook.ts";

export type OddEvent = { pageId: string; key: string; reason: string | null; receivedAt: Date; json: string };
export type OddEventGroup = {
  kind: string;
  state: "ignored" | "parked" | "waiting";
  count: number;
  events: OddEvent[];
};

const SHOWN = 5;
const oddState = z.enum(["ignored", "parked", "waiting"]);

/**
 * The events that are kept and did nothing: not understood yet, parked with a reason, or waiting for their
 * page. Counted by kind, the newest of each as Meta sent it. Events of pages nobody connected belong to no
 * viewer's pages, so only those who see all pages see them.
 */
export async function findOddEvents(viewer: Viewer): Promise<OddEventGroup[]> {
  const visible = viewer.pageIds === null ? {} : { pageId: { in: viewer.pageIds } };
  const counts = await prisma.event.groupBy({
    by: ["state", "kind", "stateReason"],
    where: { state: { in: [...oddState.options] }, ...visible },
    _count: true,
  });
  const groups = await Promise.all(
    counts.map(async ({ state, kind, stateReason, _count }) => {
      const events = await prisma.event.findMany({
        where: { state, kind, stateReason, ...visible },
        select: { pageId: true, key: true, stateReason: true, receivedAt: true, deliveryId: true, position: true },
        orderBy: [{ receivedAt: "desc" }, { key: "asc" }],
        take: SHOWN,
      });
      const shown = await Promise.all(
        events.map(async ({ deliveryId, position, stateReason: reason, ...event }) => ({
          ...event,
          reason,
          json: await rawItem(deliveryId, position),
        })),
      );
      // An event of a kind we do not know carries Meta's word for it as its reason.
      const name = kind === "unknown" ? (stateReason ?? kind) : kind;
      return { kind: name, state: oddState.parse(state), count: _count, events: shown };
    }),
  );
  return groups.sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1));
}

async function rawItem(deliveryId: string, position: number): Promise<string> {
  const delivery = await prisma.rawDelivery.findUnique({ where: { id: deliveryId }, select: { body: true } });
  if (delivery === null) return "";
  return JSON.stringify(readRawItems(delivery.body)[position] ?? null, null, 2);
}
