import "server-only";
import type { Tx } from "#lib/db.ts";

/** The epoch new rows belong to. Whoever is overtaken by a restore carries the old one, and is held back with the others. */
export async function getEpoch(tx: Tx): Promise<number> {
  const { epoch } = await tx.sending.findUniqueOrThrow({ where: { id: 1 }, select: { epoch: true } });
  return epoch;
}
