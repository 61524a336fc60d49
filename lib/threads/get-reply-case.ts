import "server-only";
import type { Tx } from "#lib/db.ts";
import type { Control } from "./control.ts";
import { readControl } from "./read-control.ts";
import { readWindow } from "./read-window.ts";
import type { ThreadKey } from "./thread-key.ts";
import type { Window } from "./window.ts";

/** What decides whether something may be written into a thread right now; null when there is no such thread. */
export async function getReplyCase(
  tx: Tx,
  { pageId, psid }: ThreadKey,
): Promise<{ window: Window; control: Control } | null> {
  const thread = await tx.thread.findUnique({ where: { pageId_psid: { pageId, psid } } });
  if (thread === null) return null;
  const page = await tx.page.findUnique({ where: { id: pageId }, select: { hasHumanAgent: true } });
  return { window: readWindow(thread, page?.hasHumanAgent ?? false), control: readControl(thread) };
}
