import { describe, expect, test } from "vitest";
import type { LeadRow } from "#lib/leads/lead-row.ts";
import { compareRows } from "#lib/leads/row-order.ts";
import { arrivals, isLong, type LeadListPage, rearrangeRows, replaceRows, rowsOf } from "./lead-list.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 2, 1, 12, minute));

function row(id: string, more: Partial<LeadRow> = {}): LeadRow {
  return {
    ref: `1.${id}`,
    pageId: "1",
    id,
    source: "messenger",
    psid: "9",
    name: null,
    status: "complete",
    reason: null,
    stage: "new",
    assignee: null,
    page: { id: "1", name: "Page" },
    ad: null,
    firstAnswer: null,
    answerCount: 0,
    at: at(0),
    receivedAt: at(0),
    lastActivityAt: at(0),
    lastInboundAt: null,
    waitingSince: null,
    freeUntil: null,
    probableUntil: null,
    humanUntil: null,
    control: "ours",
    doneAt: null,
    isTest: false,
    changedAt: at(0),
    ...more,
  };
}

const page = (...rows: LeadRow[]): LeadListPage => ({ rows, nextCursor: null, loadedAt: at(10) });
const refs = (pages: LeadListPage[]) => rowsOf(pages).map((each) => each.id);

describe("a list of leads", () => {
  test("shows a lead that stands in two pages once", () => {
    expect(refs([page(row("a"), row("b")), page(row("b"), row("c"))])).toEqual(["a", "b", "c"]);
  });

  test("replaces a changed lead where it stands", () => {
    const pages = replaceRows([page(row("a"), row("b"))], new Set(["1.b"]), [row("b", { stage: "won" })]);
    expect(rowsOf(pages).map((each) => [each.id, each.stage])).toEqual([
      ["a", "new"],
      ["b", "won"],
    ]);
  });

  test("drops a changed lead that no longer matches, and leaves the unchanged ones alone", () => {
    expect(refs(replaceRows([page(row("a"), row("b"))], new Set(["1.a"]), []))).toEqual(["b"]);
  });

  test("calls only those new that came, or stirred, after it was loaded", () => {
    const fresh = [
      row("a"),
      row("old"),
      row("new", { receivedAt: at(11) }),
      row("stirred", { lastActivityAt: at(12) }),
    ];
    expect(arrivals([page(row("a"))], fresh).map((each) => each.id)).toEqual(["new", "stirred"]);
  });

  const newest = compareRows("newest", at(10));
  const active = (id: string, minute: number) => row(id, { lastActivityAt: at(minute) });
  const rearranged = (pages: LeadListPage[], fresh: LeadRow[], ...gone: string[]) =>
    rearrangeRows(pages, new Set([...fresh.map(({ ref }) => ref), ...gone.map((id) => `1.${id}`)]), fresh, newest);

  test("puts what changed and what is new where the order wants it", () => {
    const pages = [page(active("a", 5), active("b", 4)), page(active("c", 3))];
    expect(refs(rearranged(pages, [active("c", 11), active("new", 12)]))).toEqual(["new", "c", "a", "b"]);
    expect(refs(rearranged(pages, [active("new", 12)], "a"))).toEqual(["new", "b", "c"]);
  });

  test("leaves to the next page what belongs behind the end, however the last row moved", () => {
    const half = [{ ...page(active("a", 5), active("b", 3)), nextCursor: "more" }];
    const moved = rearranged(half, [active("b", 11), active("between", 4), active("behind", 2)]);
    expect(refs(moved)).toEqual(["b", "a", "between"]);
    expect(refs(rearranged(moved, [active("third", 3.5), active("behind", 2)]))).toEqual([
      "b",
      "a",
      "between",
      "third",
    ]);
  });

  test("is loaded anew when it has grown much", () => {
    const rows = Array.from({ length: 601 }, (_, i) => row(`${i}`));
    expect(isLong([page(...rows)])).toBe(true);
    expect(isLong([page(...rows.slice(0, 300)), page(...rows.slice(300))])).toBe(false);
  });
});
