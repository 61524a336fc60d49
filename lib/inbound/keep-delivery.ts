import "server-only";
import { createHash } from "node:crypto";
import { prisma } from "#lib/db.ts";
import { newId } from "#lib/ids.ts";
import { wakeWorker } from "#lib/wake-worker.ts";

/** `history`: what Meta showed of a conversation when we asked, see lib/messenger/read-history.ts. */
export type DeliverySource = "webhook" | "history";

/**
 * Commits a verified delivery, byte for byte, and wakes the worker. When this returns, the delivery is
 * on disk; when it throws, nothing was promised.
 */
export async function keepDelivery(
  body: Uint8Array<ArrayBuffer>,
  headers: Record<string, string>,
  source: DeliverySource = "webhook",
): Promise<string> {
  const id = newId();
  const sha256 = createHash("sha256").update(body).digest();
  await prisma.rawDelivery.create({
    data: { id, source, receivedAt: new Date(), body, sha256: new Uint8Array(sha256), headers },
    select: { id: true },
  });
  void wakeWorker("deliveries");
  return id;
}
