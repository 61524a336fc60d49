import { describe, expect, test } from "vitest";
import { type LedgerDay, ledgerGap } from "./ledger.ts";

const day: LedgerDay = {
  day: "2026-11-23",
  deliveries: { kept: 10, opened: 7, unreadable: 1, waiting: 2 },
  events: { told: 20, applied: 12, duplicate: 5, ignored: 1, parked: 1, waiting: 1 },
  refused: [],
};

describe("a day's books", () => {
  test("balance when everything kept is accounted for", () => expect(ledgerGap(day)).toBeNull());

  test.each([
    ["a delivery is gone", { ...day, deliveries: { ...day.deliveries, waiting: 1 } }, { deliveries: 1, events: 0 }],
    ["an event is gone", { ...day, events: { ...day.events, applied: 11 } }, { deliveries: 0, events: 1 }],
    ["an event counts twice", { ...day, events: { ...day.events, duplicate: 6 } }, { deliveries: 0, events: -1 }],
  ])("say when %s", (_, books, gap) => expect(ledgerGap(books)).toEqual(gap));
});
