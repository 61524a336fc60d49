import "server-only";
import { prisma } from "#lib/db.ts";
import type { MetaEvent } from "#lib/messenger/meta-event.ts";
import type { KeptEvent, KeptEventFate } from "./kept-delivery.ts";

const SHOWN = 200;

type Row = { state: string; stateReason: string | null; deliveryId: string };

/**
 * What became of the events of a delivery, in its order, each with the lead it belongs to. Where a delivery is too
 * large to be read for the screen, `told` is empty and the list is, too.
 */
export async function findKeptEvents(
  delivery: { id: string; state: string },
  told: readonly MetaEvent[],
  pageNames: ReadonlyMap<string, string>,
): Promise<{ events: KeptEvent[]; more: number }> {
  const shown = told.slice(0, SHOWN);
  const rows = new Map<string, Row>();
  const leads = new Map<string, string>();
  for (const [pageId, events] of Map.groupBy(shown, (event) => event.pageId)) {
    const found = await prisma.event.findMany({
      where: { pageId, key: { in: events.map(({ key }) => key) } },
      select: { key: true, state: true, stateReason: true, deliveryId: true },
    });
    for (const { key, ...row } of found) rows.set(`${pageId} ${key}`, row);
    for (const [psid, id] of await findLeads(pageId, events)) leads.set(`${pageId} ${psid}`, `${pageId}.${id}`);
  }
  const seen = new Set<string>();
  const events = shown.map((event): KeptEvent => {
    const { pageId, key, kind, at, position } = event;
    const name = `${pageId} ${key}`;
    const row = rows.get(name);
    const isAgain = seen.has(name);
    seen.add(name);
    const fate = fateOf(delivery, row, isAgain);
    return {
      ...{ position, kind, pageId, at, fate },
      pageName: pageNames.get(pageId) ?? pageId,
      reason: fate === "duplicate" ? null : (row?.stateReason ?? null),
      key: row !== undefined && row.deliveryId === delivery.id && !isAgain ? key : null,
      lead: leads.get(`${pageId} ${event.kind === "leadgen" ? event.leadgenId : event.psid}`) ?? null,
      broughtBy: row !== undefined && row.deliveryId !== delivery.id ? row.deliveryId : null,
    };
  });
  return { events, more: told.length - events.length };
}

function fateOf({ id, state }: { id: string; state: string }, row: Row | undefined, isAgain: boolean): KeptEventFate {
  if (row === undefined) return state === "waiting" ? "unopened" : "missing";
  if (row.deliveryId !== id || isAgain) return "duplicate";
  switch (row.state) {
    case "ignored":
    case "parked":
    case "waiting":
      return row.state;
    default:
      return "applied";
  }
}

/** The newest lead of each thread; of a form's submission, its own. */
async function findLeads(pageId: string, events: readonly MetaEvent[]): Promise<(readonly [string, string])[]> {
  const psids = [...new Set(events.flatMap(({ psid }) => (psid === null ? [] : [psid])))];
  const forms = events.flatMap((event) => (event.kind === "leadgen" ? [event.leadgenId] : []));
  const [leads, instant] = await Promise.all([
    prisma.lead.findMany({
      where: { pageId, psid: { in: psids } },
      select: { id: true, psid: true },
      orderBy: [{ at: "asc" }, { id: "asc" }],
    }),
    prisma.instantLead.findMany({
      where: { pageId, leadgenId: { in: forms } },
      select: { leadgenId: true, leadId: true },
    }),
  ]);
  return [
    ...leads.map(({ psid, id }) => [psid ?? "", id] as const),
    ...instant.map(({ leadgenId, leadId }) => [leadgenId, leadId] as const),
  ];
}
