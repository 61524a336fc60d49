import { describe, expect, test } from "vitest";
import {
  beginReconciling,
  leafOn,
  nextReconcileAt,
  pauseAfter,
  type ReconcileCursor,
  readCursor,
  readFrom,
} from "./reconcile-cursor.ts";

const now = new Date("2026-11-22T12:00:00Z");
const MINUTE = 60 * 1000;
const minutes = (count: number) => new Date(now.getTime() + count * MINUTE);
const known = { gapSince: null, reconciledAt: null, connectedAt: minutes(-900) };
const begun = () => beginReconciling(known, now);

describe("reading again begins", () => {
  test.each([
    ["where something was missed", { gapSince: minutes(-30), reconciledAt: minutes(-60) }, minutes(-30), true],
    ["where it ended last time", { reconciledAt: minutes(-60) }, minutes(-60), false],
    ["where the page was connected", {}, minutes(-900), false],
  ])("%s", (_, given, since, isGap) => {
    const cursor = beginReconciling({ ...known, ...given }, now);
    expect(cursor).toMatchObject({ startedAt: now, since, isGap });
    expect(readFrom(cursor)).toEqual(new Date(since.getTime() - 10 * MINUTE));
  });

  test("with nothing in hand, and is written down and read whole", () => {
    const cursor = begun();
    expect(cursor).toEqual({
      startedAt: now,
      since: minutes(-900),
      isGap: false,
      tasks: [],
      after: null,
      isListed: false,
      isIncomplete: false,
      passAt: null,
      listFrom: null,
      endedAt: null,
      cut: {},
      open: [],
      unread: 0,
      unlisted: 0,
      failures: 0,
      passes: 0,
    });
    const task = { what: "find", psid: "7", id: null, name: "Mia", tries: 2 } as const;
    const later: ReconcileCursor = { ...cursor, tasks: [task], cut: { "7": 3 }, open: ["7"], endedAt: now };
    expect(readCursor(JSON.stringify(later))).toEqual(later);
  });

  test("anew where what was written down is not readable", () => {
    expect([null, "", "{", "{}", "null", JSON.stringify({ ...begun(), since: "x" })].map(readCursor)).toEqual(
      Array.from({ length: 6 }, () => null),
    );
  });
});

describe("leafing", () => {
  const leafed = (...pages: [after: string | null, isEnd: boolean][]) => {
    const cursor = begun();
    for (const [index, [after, isEnd]] of pages.entries()) leafOn(cursor, after, isEnd, minutes(index));
    return cursor;
  };

  test("one page that holds it all is the end", () => {
    expect(leafed([null, true])).toMatchObject({ isListed: true, passes: 0, passAt: now, listFrom: null, after: null });
  });

  test("goes on where the page before ended", () => {
    expect(leafed(["a", false])).toMatchObject({ isListed: false, after: "a", passAt: now });
    expect(leafed(["a", false], ["b", false])).toMatchObject({ isListed: false, after: "b", passAt: now, passes: 0 });
  });

  test("to the end looks once more for what moved up since it began", () => {
    const cursor = leafed(["a", false], ["b", true]);
    expect(cursor).toMatchObject({ isListed: false, after: null, passes: 1, listFrom: minutes(-1) });
    expect(readFrom(cursor)).toEqual(minutes(-1));
    expect(leafed(["a", false], ["b", true], [null, true])).toMatchObject({ isListed: true, passes: 1 });
  });

  test("ends after three more looks", () => {
    const pass: [string, boolean][] = [
      ["a", false],
      ["b", true],
    ];
    expect(leafed(...pass, ...pass, ...pass)).toMatchObject({ isListed: false, passes: 3, listFrom: minutes(3) });
    expect(leafed(...pass, ...pass, ...pass, ...pass)).toMatchObject({ isListed: true, passes: 3 });
  });
});

test.each([
  [false, 0, 324],
  [false, 0.5, 360],
  [false, 1, 396],
  [true, 0, 54],
  [true, 1, 66],
])("the next round, incomplete %s, by chance %s, is in %s minutes", (isIncomplete, random, count) => {
  expect(nextReconcileAt(now, random, { ...begun(), isIncomplete }).getTime()).toBeCloseTo(
    minutes(count).getTime(),
    -1,
  );
});

test("calls that bring no answer wait ever longer, up to five minutes", () => {
  expect([0, 1, 2, 8, 9, 40].map((failures) => pauseAfter(failures) / 1000)).toEqual([1, 2, 4, 256, 300, 300]);
});
