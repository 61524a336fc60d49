import "server-only";
import type { Tx } from "#lib/db.ts";
import { newId } from "#lib/ids.ts";
import { controlAt } from "./control.ts";
import { type ControlActionKind, isOffered } from "./control-actions.ts";
import { getControlTerms } from "./get-control-terms.ts";
import { getEpoch } from "./get-epoch.ts";
import { lockThread } from "./lock-thread.ts";
import { readControl } from "./read-control.ts";
import type { ThreadKey } from "./thread-key.ts";

/** `targetAppId` belongs to pass_app, `seconds` to extend, and each to nothing else. */
export type ControlWish = {
  kind: ControlActionKind;
  targetAppId: string | null;
  seconds: number | null;
  intentId: string;
  authorId: string;
};

export type ControlQueued = "queued" | "queued-before" | "not-offered" | "pending";

/**
 * Commits a thread action an agent asked for; the worker carries it out. The same press twice is one action, and
 * while one is under way nobody begins another.
 */
export async function queueControlAction(tx: Tx, key: ThreadKey, wish: ControlWish): Promise<ControlQueued> {
  const { pageId, psid } = key;
  await lockThread(tx, key);
  const before = { pageId_intentId: { pageId, intentId: wish.intentId } };
  if ((await tx.controlAction.findUnique({ where: before, select: { id: true } })) !== null) return "queued-before";
  const pending = await tx.controlAction.findFirst({
    where: { pageId, psid, state: { in: ["queued", "running"] } },
    select: { id: true },
  });
  if (pending !== null) return "pending";

  const thread = await tx.thread.findUniqueOrThrow({ where: { pageId_psid: { pageId, psid } } });
  const { state, since } = controlAt(readControl(thread), new Date());
  if (!isOffered(wish, state, await getControlTerms(tx, key, since))) return "not-offered";
  if ((wish.kind === "extend") !== (wish.seconds !== null)) return "not-offered";
  const epoch = await getEpoch(tx);
  await tx.controlAction.create({ data: { pageId, psid, id: newId(), epoch, ...wish }, select: { id: true } });
  return "queued";
}
