import type { Viewer } from "#lib/agents/viewer.ts";
import type { Prisma } from "#lib/generated/prisma/client.ts";

/** The leads a viewer may see at all: put into every query, never checked beside it. */
export function visibleTo(viewer: Viewer): Prisma.LeadWhereInput {
  return viewer.pageIds === null ? {} : { pageId: { in: viewer.pageIds } };
}
