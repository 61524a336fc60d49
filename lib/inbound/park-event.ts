import "server-only";
import { prisma } from "#lib/db.ts";
import type { MetaEvent } from "#lib/messenger/meta-event.ts";
import type { Source } from "./source.ts";

/** Sets an event aside that could not be applied, with the reason; its neighbours go on. */
export async function parkEvent(event: MetaEvent, source: Source, reason: string): Promise<void> {
  const { pageId, key, kind, psid, at, position } = event;
  const fate = { state: "parked", stateReason: reason };
  await prisma.event.upsert({
    where: { pageId_key: { pageId, key } },
    create: { pageId, key, kind, psid, at, position, ...source, ...fate },
    update: fate,
    select: { key: true },
  });
}
