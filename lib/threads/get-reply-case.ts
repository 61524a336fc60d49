import "server-only";
import type { Tx } from "#lib/db.ts";
import { readTrouble } from "#lib/pages/page-trouble.ts";
import { readControl } from "./read-control.ts";
import { readWindow } from "./read-window.ts";
import type { ReplyPlace } from "./reply-policy.ts";
import type { ThreadKey } from "./thread-key.ts";

/** Meta's refusals that are about the person and not about the message. */
const UNREACHABLE = ["personUnavailable", "personUnknown"];

/** What decides whether something may be written into a thread right now; null when there is no such thread. */
export async function getReplyCase(tx: Tx, { pageId, psid }: ThreadKey): Promise<ReplyPlace | null> {
  const thread = await tx.thread.findUnique({ where: { pageId_psid: { pageId, psid } } });
  if (thread === null) return null;
  const page = await tx.page.findUnique({ where: { id: pageId }, select: { hasHumanAgent: true, platform: true } });
  const troubles = await tx.pageTrouble.findMany({ where: { pageId } });
  const person = await tx.person.findUnique({ where: { pageId_psid: { pageId, psid } }, select: { stoppedAt: true } });
  const refused = await tx.reply.findFirst({
    where: { pageId, psid, state: "failed", stateReason: { in: UNREACHABLE } },
    select: { createdAt: true },
    orderBy: { createdAt: "desc" },
  });
  return {
    platform: page?.platform === "instagram" ? "instagram" : "messenger",
    window: readWindow(thread, page?.hasHumanAgent ?? false),
    control: readControl(thread),
    troubles: troubles.map(readTrouble).map(({ kind, reason }) => ({ kind, reason })),
    person: {
      isStopped: (person?.stoppedAt ?? null) !== null,
      // Whoever acts again can be reached again.
      isUnreachable: refused !== null && (thread.lastActionAt === null || thread.lastActionAt <= refused.createdAt),
    },
  };
}
