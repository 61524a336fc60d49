import "server-only";
import type { Tx } from "#lib/db.ts";
import { newId } from "#lib/ids.ts";
import type { PageHistoryData, PageHistoryKind } from "./page-history.ts";

/** Writes a line into a page's history. With a key it is told once, whatever Meta repeats; says whether it was news. */
export async function tellPageHistory(
  tx: Tx,
  line: {
    pageId: string;
    kind: PageHistoryKind;
    key?: string;
    actorId?: string | null;
    at?: Date;
    data?: PageHistoryData;
  },
): Promise<boolean> {
  const { pageId, kind, key = null, actorId = null, at = new Date(), data = {} } = line;
  const { count } = await tx.pageHistory.createMany({
    data: { pageId, id: newId(), kind, key, actorId, at, data },
    skipDuplicates: true,
  });
  return count === 1;
}
