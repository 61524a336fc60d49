/**
 * The orders of the inbox. A list is read in segments, one after the other, each by a key that an index
 * serves: those who wait, longest first, then everybody else by newest activity, and so on.
 */
import { z } from "zod";
import type { Prisma } from "#lib/generated/prisma/client.ts";
import type { LeadSort } from "./lead-filter.ts";

export type SortColumn = "lastActivityAt" | "waitingSince" | "freeUntil";

export type Segment = { where: Prisma.LeadWhereInput; column: SortColumn; direction: "asc" | "desc" };

/** What to read one after the other, to list leads in this order. */
export function segmentsOf(sort: LeadSort, now: Date): Segment[] {
  const rest = (where: Prisma.LeadWhereInput): Segment => ({ where, column: "lastActivityAt", direction: "desc" });
  switch (sort) {
    case "newest":
      return [rest({})];
    case "-newest":
      return [{ where: {}, column: "lastActivityAt", direction: "asc" }];
    case "waiting":
    case "-waiting":
      return [
        {
          where: { waitingSince: { not: null } },
          column: "waitingSince",
          direction: sort === "waiting" ? "asc" : "desc",
        },
        rest({ waitingSince: null }),
      ];
    case "closing":
    case "-closing":
      return [
        { where: { freeUntil: { gt: now } }, column: "freeUntil", direction: sort === "closing" ? "asc" : "desc" },
        rest({ OR: [{ freeUntil: null }, { freeUntil: { lte: now } }] }),
      ];
  }
}

/**
 * Where a page of a list ended: behind a row of a segment, or before its first one. `now` stays that of the
 * first page, so that the segments do not shift underway.
 */
const cursor = z.object({
  segment: z.number().int().min(0).max(1),
  last: z.object({ key: z.iso.datetime(), id: z.guid() }).nullable(),
  now: z.iso.datetime(),
});
export type LeadCursor = { segment: number; last: { key: Date; id: string } | null; now: Date };

export function writeCursor({ segment, last, now }: LeadCursor): string {
  const plain = { segment, last: last && { key: last.key.toISOString(), id: last.id }, now: now.toISOString() };
  return Buffer.from(JSON.stringify(plain)).toString("base64url");
}

/** A cursor comes back from a browser; one that is not ours starts the list anew. */
export function readCursor(text: string): LeadCursor | null {
  try {
    const { segment, last, now } = cursor.parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
    return { segment, last: last && { key: new Date(last.key), id: last.id }, now: new Date(now) };
  } catch {
    return null;
  }
}

/** The rows behind the cursor, in the segment's order. */
export function behind({ column, direction }: Segment, { key, id }: { key: Date; id: string }): Prisma.LeadWhereInput {
  const word = direction === "asc" ? "gt" : "lt";
  return { OR: [{ [column]: { [word]: key } }, { [column]: key, id: { [word]: id } }] };
}
