import "server-only";
import { z } from "zod";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { readRawItems } from "#lib/messenger/read-webhook.ts";
import { visibleJson } from "./visible-json.ts";

export type OddEvent = { pageId: string; key: string; reason: string | null; receivedAt: Date; json: string };
export type OddEventGroup = {
  kind: string;
  state: "ignored" | "parked" | "waiting";
  count: number;
  events: OddEvent[];
};

const SHOWN = 5;
/** Meta's words make the kinds, so there may be any number of them. */
const GROUPS = 100;
const oddState = z.enum(["ignored", "parked", "waiting"]);

/**
 * The events that are kept and did nothing: not understood yet, parked with a reason, or waiting for their
 * page. Counted by kind, the newest of each as Meta sent it: for those who look after the house, not for
 * agents. Events of pages nobody connected belong to no viewer's pages, so only those who see all see them.
 */
export async function findOddEvents(viewer: Viewer): Promise<OddEventGroup[]> {
  if (viewer.role === "agent") return [];
  const visible = viewer.pageIds === null ? {} : { pageId: { in: viewer.pageIds } };
  const counts = await prisma.event.groupBy({
    by: ["state", "kind", "stateReason"],
    where: { state: { in: [...oddState.options] }, ...visible },
    _count: { key: true },
    orderBy: [{ _count: { key: "desc" } }, { kind: "asc" }, { stateReason: "asc" }],
    take: GROUPS,
  });
  const rawItem = rawItemReader();
  const groups: OddEventGroup[] = [];
  // One after the other: a page that few look at must not take all connections.
  for (const { state, kind, stateReason, _count } of counts) {
    const events = await prisma.event.findMany({
      where: { state, kind, stateReason, ...visible },
      select: { pageId: true, key: true, stateReason: true, receivedAt: true, deliveryId: true, position: true },
      orderBy: [{ receivedAt: "desc" }, { key: "asc" }],
      take: SHOWN,
    });
    const shown: OddEvent[] = [];
    for (const { deliveryId, position, stateReason: reason, ...event } of events) {
      shown.push({ ...event, reason, json: await rawItem(deliveryId, position) });
    }
    // An event of a kind we do not know carries Meta's word for it as its reason.
    const name = kind === "unknown" ? (stateReason ?? kind) : kind;
    groups.push({ kind: name, state: oddState.parse(state), count: _count.key, events: shown });
  }
  return groups;
}

/** A delivery may have 16 MB; of such a one nothing is shown, and few of the others are held at a time. */
const MOST_BYTES = 1024 * 1024;
const MOST_HELD = 8;

/** Reads a delivery once for the items of it that are shown one after the other. Raw, because its size decides first. */
function rawItemReader(): (deliveryId: string, position: number) => Promise<string> {
  const read = new Map<string, unknown[]>();
  return async (deliveryId, position) => {
    let items = read.get(deliveryId);
    if (items === undefined) {
      const [delivery] = await prisma.$queryRaw<{ body: Uint8Array }[]>`
        SELECT body FROM raw_delivery WHERE id = ${deliveryId}::uuid AND octet_length(body) <= ${MOST_BYTES}`;
      items = delivery === undefined ? [] : readRawItems(delivery.body);
      const [oldest] = read.keys();
      if (read.size >= MOST_HELD && oldest !== undefined) read.delete(oldest);
      read.set(deliveryId, items);
    }
    return items.length === 0 ? "" : visibleJson(JSON.stringify(items[position] ?? null, null, 2));
  };
}
