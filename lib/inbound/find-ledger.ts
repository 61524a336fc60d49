import "server-only";
import type { Viewer } from "#lib/agents/viewer.ts";
import type { Ledger } from "./ledger.ts";
import { readLedger } from "./read-ledger.ts";

const DAYS = 14;

/**
 * The books of the last two weeks, newest day first; null for those who do not look after the whole house: a
 * delivery may hold events of several pages.
 */
export async function findLedger(viewer: Viewer, timeZone: string): Promise<Ledger | null> {
  if (viewer.role === "agent" || viewer.pageIds !== null) return null;
  return readLedger(DAYS, timeZone);
}
