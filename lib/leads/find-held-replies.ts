import "server-only";
import { pagesWithin, type Viewer } from "#lib/agents/viewer.ts";
import { prisma } from "#lib/db.ts";
import { Prisma } from "#lib/generated/prisma/client.ts";
import { formatLeadRef } from "./lead-ref.ts";

/** A reply from before a restore whose fate nobody knows, and the lead to look at. */
export type HeldReply = { id: string; ref: string; psid: string; name: string | null; at: Date };

const SHOWN = 200;

/** The oldest replies that a restore left to people, on pages the viewer may see. */
export async function findHeldReplies(viewer: Viewer): Promise<HeldReply[]> {
  const replies = await prisma.reply.findMany({
    where: { pageId: pagesWithin(viewer, []) ?? Prisma.skip, state: "unknown", stateReason: "before_restore" },
    select: {
      ...{ id: true, pageId: true, psid: true, intentId: true, createdAt: true },
      thread: {
        select: {
          person: { select: { fullName: true } },
          leads: { select: { id: true }, orderBy: [{ at: "desc" }, { id: "desc" }], take: 1 },
        },
      },
    },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: SHOWN,
  });
  // A long one has several parts, and not all of them need be left.
  const first = replies.filter(({ intentId }, i) => replies.findIndex((one) => one.intentId === intentId) === i);
  return first.flatMap(({ id, pageId, psid, createdAt, thread: { person, leads } }) =>
    leads.map((lead) => ({
      ...{ id, psid },
      ref: formatLeadRef({ pageId, id: lead.id }),
      name: person.fullName,
      at: createdAt,
    })),
  );
}
