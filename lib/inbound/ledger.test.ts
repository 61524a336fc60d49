import { describe, expect, test } from "vitest";
import { booksByPage, type EventCounts, ledgerGap, NO_EVENTS, type PageBook, sumEvents } from "./ledger.ts";

const balanced = { kept: 7, opened: 5, unreadable: 1, waiting: 1 };
const events: EventCounts = { told: 6, applied: 2, duplicate: 1, ignored: 1, parked: 1, waiting: 1 };
const page = (pageId: string, counts: EventCounts): PageBook => ({ pageId, name: pageId, opened: 1, events: counts });
const day = (pages: PageBook[], deliveries = balanced) => ({
  deliveries,
  events: sumEvents(pages.map((one) => one.events)),
  pages,
});

describe("the books of a day", () => {
  test("balance when everything is accounted for", () => {
    expect(ledgerGap(day([page("a", events)]))).toBeNull();
    expect(ledgerGap(day([], { kept: 0, opened: 0, unreadable: 0, waiting: 0 }))).toBeNull();
  });

  test("say how much is missing, or too much", () => {
    expect(ledgerGap(day([], { ...balanced, kept: 9 }))).toEqual({ deliveries: 2, events: 0 });
    expect(ledgerGap(day([page("a", { ...events, told: 8 })]))).toEqual({ deliveries: 0, events: 2 });
    expect(ledgerGap(day([page("a", { ...events, applied: 3 })]))).toEqual({ deliveries: 0, events: 1 });
  });

  test("do not balance when one page has what another lacks", () => {
    const pages = [page("a", { ...events, told: 7 }), page("b", { ...events, applied: 3 })];
    expect(ledgerGap(day(pages))).toEqual({ deliveries: 0, events: 2 });
  });

  test.each(["told", "applied", "duplicate", "ignored", "parked", "waiting"] as const)(
    "notice one %s too few",
    (word) => {
      expect(ledgerGap(day([page("a", { ...events, [word]: events[word] - 1 })]))).toEqual({
        deliveries: 0,
        events: 1,
      });
    },
  );
});

test("pages that are equally busy stand by their names", () => {
  const books = ["b", "c", "a"].map((id) => page(id, events));
  const days = [{ day: "2026-11-20", refused: [], ...day(books) }];
  expect(booksByPage(days).map(({ pageId }) => pageId)).toEqual(["a", "b", "c"]);
  expect(booksByPage([])).toEqual([]);
});

test("each page's days are summed, the busiest page first", () => {
  const rest = { kept: 0, opened: 0, unreadable: 0, waiting: 0 };
  const days = ["2026-11-20", "2026-11-21"].map((name) => ({
    day: name,
    refused: [],
    ...day([page("quiet", { ...NO_EVENTS, told: 1, applied: 1 }), page("busy", events)], rest),
  }));
  expect(booksByPage(days)).toEqual([
    { ...page("busy", sumEvents([events, events])), opened: 2 },
    { ...page("quiet", { ...NO_EVENTS, told: 2, applied: 2 }), opened: 2 },
  ]);
});
