import { describe, expect, test } from "vitest";
import { leadSorts } from "./lead-filter.ts";
import { segmentsOf } from "./lead-order.ts";
import { compareRows } from "./row-order.ts";
import { matches } from "./where-testing.ts";

const now = new Date("2026-11-22T12:00:00Z");
const hours = (count: number) => new Date(now.getTime() + count * 60 * 60 * 1000);

const times = [null, hours(-2), hours(-1), now, hours(1)];
const rows = times
  .flatMap((waitingSince) => times.map((freeUntil) => ({ waitingSince, freeUntil })))
  .flatMap((row, index) => [
    { ...row, id: `${index % 7}a${index}`, lastActivityAt: hours(-(index % 5)) },
    { ...row, id: `${index % 3}b${index}`, lastActivityAt: hours(-(index % 5)) },
  ]);

/** As the database lists them, see lead-order.ts. */
function listed(sort: (typeof leadSorts)[number]) {
  return segmentsOf(sort, now).flatMap(({ where, column, direction }) => {
    const turn = direction === "asc" ? 1 : -1;
    const value = (row: (typeof rows)[number]) => row[column]?.getTime() ?? 0;
    return rows
      .filter((row) => matches(where, row))
      .toSorted((a, b) => turn * (value(a) - value(b) || (a.id < b.id ? -1 : 1)));
  });
}

describe("two rows at hand", () => {
  test.each(leadSorts)("stand as the database would list them: %s", (sort) => {
    const sorted = rows.toReversed().toSorted(compareRows(sort, now));
    expect(sorted.map(({ id }) => id)).toEqual(listed(sort).map(({ id }) => id));
  });

  test.each(leadSorts)("a row stands neither above nor below itself: %s", (sort) => {
    expect(rows.every((row) => compareRows(sort, now)(row, row) === 0)).toBe(true);
  });
});
