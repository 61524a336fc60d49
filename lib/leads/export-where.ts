/** Which leads the next page of an export holds: the filter's, of one page, older first, after the cursor. */
import type { Prisma } from "#lib/generated/prisma/client.ts";
import type { ExportCursor, ExportScope } from "./export-lead.ts";
import { leadWhere } from "./lead-where.ts";

export const exportOrder: Prisma.LeadOrderByWithRelationInput[] = [{ at: "asc" }, { id: "asc" }];

export function exportWhere(scope: ExportScope, after: ExportCursor | null): Prisma.LeadWhereInput {
  const { filter, viewer, pageId, now, timeZone } = scope;
  const parts: Prisma.LeadWhereInput[] = [
    // Leads that came while the file was written are the next file's.
    { pageId, createdAt: { lte: now } },
    leadWhere(filter, viewer, now, timeZone),
  ];
  if (after !== null) {
    // The plain bound lets the index begin at the cursor; the alternative alone would read all before it.
    parts.push({ at: { gte: after.at } }, { OR: [{ at: { gt: after.at } }, { id: { gt: after.id } }] });
  }
  return { AND: parts };
}
