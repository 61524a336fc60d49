import { describe, expect, test } from "vitest";
import type { leadSorts } from "./lead-filter.ts";
import { behind, type LeadCursor, readCursor, segmentsOf, writeCursor } from "./lead-order.ts";
import { matches } from "./where-testing.ts";

const now = new Date("2026-11-22T12:00:00Z");
const hours = (count: number) => new Date(now.getTime() + count * 60 * 60 * 1000);

const rows = [
  { id: "a", lastActivityAt: hours(-1), waitingSince: null, freeUntil: hours(5) },
  { id: "b", lastActivityAt: hours(-4), waitingSince: hours(-4), freeUntil: hours(2) },
  { id: "c", lastActivityAt: hours(-2), waitingSince: hours(-9), freeUntil: null },
  { id: "d", lastActivityAt: hours(-3), waitingSince: null, freeUntil: now },
  { id: "e", lastActivityAt: hours(-3), waitingSince: null, freeUntil: hours(-1) },
];

/** The list as a database would give it, segment by segment. */
function listed(sort: (typeof leadSorts)[number]): string {
  return segmentsOf(sort, now)
    .flatMap(({ where, column, direction }) => {
      const turn = direction === "asc" ? 1 : -1;
      const value = (row: (typeof rows)[number]) => row[column]?.getTime() ?? 0;
      return rows
        .filter((row) => matches(where, row))
        .toSorted((one, other) => turn * (value(one) - value(other) || (one.id < other.id ? -1 : 1)));
    })
    .map(({ id }) => id)
    .join("");
}

describe("the order", () => {
  test.each([
    ["newest", "acedb"],
    ["-newest", "bdeca"],
    ["waiting", "cbaed"],
    ["-waiting", "bcaed"],
    ["closing", "baced"],
    ["-closing", "abced"],
  ] as const)("%s lists each lead once, as %s", (sort, expected) => expect(listed(sort)).toBe(expected));
});

describe("a cursor", () => {
  const id = "0192f7c1-5b1e-7abc-8def-0123456789ab";
  const written = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const plain = { segment: 1, last: { key: hours(-1).toISOString(), id }, now: now.toISOString() };

  test.each<LeadCursor>([
    { segment: 1, last: { key: hours(-1), id }, now },
    { segment: 0, last: null, now },
  ])("is read as it was written: %j", (cursor) => expect(readCursor(writeCursor(cursor))).toEqual(cursor));

  test("is readable as an address", () => {
    expect(readCursor(written(plain))).not.toBeNull();
    expect(writeCursor({ segment: 0, last: null, now })).toMatch(/^[\w-]+$/);
  });

  test.each([
    ["nothing", ""],
    ["no JSON", Buffer.from("{").toString("base64url")],
    ["another segment", written({ ...plain, segment: 2 })],
    ["half a segment", written({ ...plain, segment: 0.5 })],
    ["no time", written({ ...plain, now: "yesterday" })],
    ["no id", written({ ...plain, last: { key: plain.last.key, id: "1; drop" } })],
    ["no key", written({ ...plain, last: { key: 5, id } })],
  ])("with %s starts the list anew", (_, text) => expect(readCursor(text)).toBeNull());

  test.each(["asc", "desc"] as const)("leaves what stands behind it, %s", (direction) => {
    const segment = { where: {}, column: "lastActivityAt", direction } as const;
    const expected = direction === "asc" ? ["e", "c", "a"] : ["b"];
    const left = rows.filter((row) => matches(behind(segment, { key: hours(-3), id: "d" }), row)).map((row) => row.id);
    expect(left.toSorted()).toEqual(expected.toSorted());
  });
});
