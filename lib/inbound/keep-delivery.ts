import "server-only";
import { hash } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { codesOf } from "#lib/fault-name.ts";
import { GroupCommit } from "#lib/group-commit.ts";
import { newId } from "#lib/ids.ts";
import { wakeWorker } from "#lib/wake-worker.ts";
import { commitDeliveries, type NewDelivery } from "./commit-deliveries.ts";

/** `history`: what Meta showed of a conversation when we asked, see lib/messenger/read-history.ts. */
export type DeliverySource = "webhook" | "history";

declare global {
  // What waits is bounded per process, not per bundle; /readyz looks here.
  var leadInboxKeeping: GroupCommit<NewDelivery> | undefined;
}

const MIB = 1024 * 1024;
/** Meta waits, and web gives a delivery ten seconds from its first byte. */
const PATIENCE_MS = 8_000;
const LIMITS = {
  items: 4_000,
  bytes: 64 * MIB,
  together: 500,
  bytesTogether: 4 * MIB,

  patienceMs: PATIENCE_MS,
};
/** The worker looks again before it sleeps, so that one hint serves all that came during its work. */
const HINT_PAUSE_MS = 20;

let isHinting = false;
let isHintDue = false;

/**
 * Commits a verified delivery, byte for byte, together with those that came at the same moment, and wakes the worker.
 * When this returns, the delivery is on disk; when it throws, nothing was promised.
 */
export async function keepDelivery(
  body: Uint8Array,
  headers: Record<string, string>,
  source: DeliverySource = "webhook",
): Promise<string> {
  const id = newId();
  const sha256 = hash("sha256", body, "buffer");
  globalThis.leadInboxKeeping ??= new GroupCommit({ commit: commitAndHint, isOnesOwnFault, limits: LIMITS });
  await globalThis.leadInboxKeeping.add({ id, source, receivedAt: new Date(), body, sha256, headers }, body.byteLength);
  return id;
}

async function commitAndHint(deliveries: readonly NewDelivery[]): Promise<void> {
  await commitDeliveries(deliveries);
  void hint();
}

/** One at a time, so that hints a slow database does not take cannot pile up before what is to be kept. */
async function hint(): Promise<void> {
  isHintDue = true;
  if (isHinting) return;
  isHinting = true;
  while (isHintDue) {
    isHintDue = false;
    await wakeWorker("deliveries");
    await wait(HINT_PAUSE_MS, undefined, { ref: false });
  }
  isHinting = false;
}

/** Wrong data, a broken rule, too much of something: PostgreSQL's classes 22, 23 and 54. */
function isOnesOwnFault(cause: unknown): boolean {
  return codesOf(cause).some((code) => /^(22|23|54)[0-9A-Z]{3}$/.test(code));
}
