import "server-only";
import { z } from "zod";
import type { Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { findKeptEvents } from "./find-kept-events.ts";
import type { KeptDelivery } from "./kept-delivery.ts";
import { rawView } from "./raw-view.ts";
import { readDelivery } from "./read-delivery.ts";
import { mayReplay } from "./replay.ts";

/** A delivery may have 16 MiB. So much of it is shown, and only one of so many bytes is taken apart for the screen. */
const SHOWN_BYTES = 256 * 1024;
const READ_BYTES = 1024 * 1024;

const row = z.object({
  id: z.string(),
  receivedAt: z.date(),
  openedAt: z.date().nullable(),
  source: z.enum(["webhook", "history"]),
  bytes: z.number(),
  body: z.instanceof(Uint8Array),
  sha256: z.instanceof(Uint8Array),
  isWhole: z.boolean(),
  headers: z.record(z.string(), z.string()).catch({}),
  state: z.enum(["waiting", "opened", "unreadable"]),
  stateReason: z.string().nullable(),
  attempts: z.number(),
  eventCount: z.number(),
  duplicateCount: z.number(),
});

/**
 * One kept delivery with its events and its bytes. What people wrote is for admins of the whole house; managers see the
 * delivery's shape. For everybody else it is not there, like one that is not there at all. Raw, because the size
 * decides how much is read, and the sum is made where the bytes lie.
 */
export async function findDelivery(viewer: Viewer, id: string): Promise<KeptDelivery | null> {
  if (viewer.role === "agent" || viewer.pageIds !== null) return null;
  const [found] = await prisma.$queryRaw<unknown[]>`
    SELECT id, "receivedAt", "openedAt", source, octet_length(body) AS bytes, sha256, sha256(body) = sha256 AS "isWhole",
      substring(body FROM 1 FOR CASE WHEN octet_length(body) <= ${READ_BYTES} THEN ${READ_BYTES}::int ELSE ${SHOWN_BYTES}::int END) AS body,
      headers, state, "stateReason", attempts, "eventCount", "duplicateCount"
    FROM raw_delivery WHERE id = ${id}::uuid`;
  if (found === undefined) return null;
  const { body, sha256, headers, ...delivery } = row.parse(found);
  const hasPeoplesWords = viewer.role === "admin";
  const pages = await prisma.page.findMany({ select: { id: true, name: true } });
  const shownIds = hasPeoplesWords ? null : new Set(pages.map((page) => page.id));
  const isRead = delivery.bytes <= READ_BYTES;
  const told = isRead ? readSafely({ ...delivery, body }) : [];
  const { events, more } = await findKeptEvents(delivery, told, new Map(pages.map((page) => [page.id, page.name])));
  const isReplayable = mayReplay(viewer);
  return {
    ...delivery,
    isReplay: delivery.stateReason === "replay",
    sha256: Buffer.from(sha256).toString("hex"),
    headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
    events: events.map((event) => ({ ...event, key: isReplayable ? event.key : null })),
    more: isRead ? more : Math.max(0, delivery.eventCount - events.length),
    raw: rawView({ begin: body.subarray(0, SHOWN_BYTES), bytes: delivery.bytes }, shownIds),
    hasPeoplesWords,
    mayReplay: isReplayable,
  };
}

function readSafely(delivery: Parameters<typeof readDelivery>[0]): NonNullable<ReturnType<typeof readDelivery>> {
  try {
    return readDelivery(delivery) ?? [];
  } catch {
    // Bytes that bring the reader down are unreadable, and their state says so.
    return [];
  }
}
