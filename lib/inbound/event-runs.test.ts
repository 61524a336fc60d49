import { describe, expect, test } from "vitest";
import type { MetaEvent } from "#lib/messenger/meta-event.ts";
import { eventRuns } from "./event-runs.ts";

const at = new Date("2026-11-22T12:00:00Z");
const base = { at, channel: "messaging", platform: "page" } as const;

function seen(position: number, pageId: string, psid: string): MetaEvent {
  return { ...base, kind: "read", pageId, psid, key: `k${position}`, position, mid: null, watermark: at };
}
function unknown(position: number, pageId: string, psid: string | null): MetaEvent {
  return { ...base, kind: "unknown", what: "x", pageId, psid, key: `k${position}`, position };
}
const told = (events: MetaEvent[]) =>
  eventRuns(events).map((run) => [run.pageId, run.psid, run.events.map(({ position }) => position)]);

describe("a delivery's events", () => {
  test("are one run per thread, in their order", () => {
    expect(told([seen(0, "1", "a"), seen(1, "1", "b"), seen(2, "1", "a"), seen(3, "2", "a")])).toEqual([
      ["1", "a", [0, 2]],
      ["1", "b", [1]],
      ["2", "a", [3]],
    ]);
    expect(told([])).toEqual([]);
  });

  test("that nobody understands are the page's, whoever they name", () => {
    expect(told([unknown(0, "1", "a"), seen(1, "1", "a"), unknown(2, "1", null)])).toEqual([
      ["1", null, [0, 2]],
      ["1", "a", [1]],
    ]);
  });

  test("of one thread are cut into runs of a hundred at most", () => {
    const runs = (count: number) =>
      eventRuns(Array.from({ length: count }, (_, position) => seen(position, "1", "a"))).map(({ events }) => events);
    expect(runs(100).map(({ length }) => length)).toEqual([100]);
    expect(runs(250).map(({ length }) => length)).toEqual([100, 100, 50]);
    expect(runs(250).flatMap((events) => events.map(({ position }) => position))).toEqual(
      Array.from({ length: 250 }, (_, position) => position),
    );
  });
});
