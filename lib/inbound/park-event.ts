import "server-only";
import { prisma } from "#lib/db.ts";
import type { KeptEvent } from "./source.ts";

/**
 * Sets an event aside that could not be applied, with the reason; its neighbours go on. Where it was applied
 * after all, from a repeat in another delivery, that stays so.
 */
export async function parkEvent(event: KeptEvent, reason: string): Promise<void> {
  const { pageId, key, kind, psid, at, position, deliveryId, receivedAt } = event;
  const fate = { state: "parked", stateReason: reason };
  const data = { pageId, key, kind, psid, at, position, deliveryId, receivedAt, ...fate };
  const { count } = await prisma.event.createMany({ data, skipDuplicates: true });
  if (count === 1) return;
  await prisma.event.updateMany({ where: { pageId, key, state: { in: ["waiting", "parked"] } }, data: fate });
}
