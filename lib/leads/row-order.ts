/** The orders of the inbox between two rows at hand; lead-order.ts says the same to the database. */
import type { LeadSort } from "./lead-filter.ts";
import type { LeadRow } from "./lead-row.ts";

type Sorted = Pick<LeadRow, "id" | "lastActivityAt" | "waitingSince" | "freeUntil">;

/** Negative when `a` stands above `b`. `now` decides whose window is still open. */
export function compareRows(sort: LeadSort, now: Date): (a: Sorted, b: Sorted) => number {
  const sign = sort.startsWith("-") ? -1 : 1;
  const by = (a: Sorted, b: Sorted, left: Date, right: Date, way: number) =>
    way * (left.getTime() - right.getTime() || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const newestFirst = (a: Sorted, b: Sorted) => by(a, b, a.lastActivityAt, b.lastActivityAt, -1);
  const key = ({ waitingSince, freeUntil }: Sorted): Date | null => {
    if (sort.endsWith("waiting")) return waitingSince;
    return freeUntil !== null && freeUntil > now ? freeUntil : null;
  };
  if (sort === "newest") return newestFirst;
  if (sort === "-newest") return (a, b) => -newestFirst(a, b);
  return (a, b) => {
    const [left, right] = [key(a), key(b)];
    if (left !== null && right !== null) return by(a, b, left, right, sign);
    if (left === null && right === null) return newestFirst(a, b);
    return left === null ? 1 : -1;
  };
}
