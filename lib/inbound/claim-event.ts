import "server-only";
import type { Tx } from "#lib/db.ts";
import type { MetaEvent } from "#lib/messenger/meta-event.ts";
import type { Source } from "./source.ts";

/**
 * Inserts an event's key. `new`: it is ours to apply in this transaction. A repeat of what was applied or
 * ignored is a duplicate; one that waited for its page or was parked gets another chance.
 */
export async function claimEvent(tx: Tx, event: MetaEvent, source: Source): Promise<"new" | "duplicate" | "waiting" | "ignored"> {
  const { pageId, key, kind, psid, at, position } = event;
  const isKnown = kind !== "unknown";
  const isConnected = isKnown && (await tx.page.count({ where: { id: pageId, connectedAt: { not: null } } })) === 1;
  const fate = !isKnown
    ? { state: "ignored", stateReason: event.what }
    : isConnected
      ? { state: "applied", stateReason: null }
      : { state: "waiting", stateReason: "page_not_connected" };

  const { count } = await tx.event.createMany({
    data: { pageId, key, kind, psid, at, position, ...source, ...fate },
    skipDuplicates: true,
  });
  if (count === 0 && !(await reclaim(tx, event, fate))) return "duplicate";
  if (!isKnown) return "ignored";
  return isConnected ? "new" : "waiting";
}

async function reclaim(tx: Tx, { pageId, key }: MetaEvent, fate: { state: string; stateReason: string | null }): Promise<boolean> {
  if (fate.state !== "applied") return false;
  const { count } = await tx.event.updateMany({ where: { pageId, key, state: { in: ["waiting", "parked"] } }, data: fate });
  return count === 1;
}
