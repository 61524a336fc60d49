import "server-only";
import type { Tx } from "#lib/db.ts";
import { newId } from "#lib/ids.ts";
import { controlAt } from "./control.ts";
import { type ControlActionKind, isOffered } from "./control-actions.ts";
import { getReplyCase } from "./get-reply-case.ts";
import { lockThread } from "./lock-thread.ts";
import type { ThreadKey } from "./thread-key.ts";

export type ControlWish = { kind: ControlActionKind; intentId: string; authorId: string };

/** Commits a thread action an agent asked for; the worker carries it out. The same press twice is one action. */
export async function queueControlAction(
  tx: Tx,
  key: ThreadKey,
  wish: ControlWish,
): Promise<"queued" | "queued-before" | "not-offered"> {
  const { pageId, psid } = key;
  await lockThread(tx, key);
  const before = { pageId_intentId: { pageId, intentId: wish.intentId } };
  if ((await tx.controlAction.findUnique({ where: before, select: { id: true } })) !== null) return "queued-before";
  const found = await getReplyCase(tx, key);
  if (found === null || !isOffered(wish.kind, controlAt(found.control, new Date()).state)) return "not-offered";
  await tx.controlAction.create({ data: { pageId, psid, id: newId(), ...wish }, select: { id: true } });
  return "queued";
}
