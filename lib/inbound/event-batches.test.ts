import { describe, expect, test } from "vitest";
import { type EventBatch, eventBatches } from "./event-batches.ts";
import type { KeptEvent } from "./source.ts";

const at = new Date("2026-11-22T12:00:00Z");
const base = { at, channel: "messaging", platform: "page", deliveryId: "d", receivedAt: at } as const;

function seen(position: number, pageId: string, psid: string): KeptEvent {
  return { ...base, kind: "read", pageId, psid, key: `k${position}`, position, mid: null, watermark: at };
}
const positions = ({ events }: EventBatch) => events.map(({ position }) => position);

describe("batches", () => {
  test("hold a page's threads, each with all it got, and of no other page", () => {
    const events = [seen(0, "1", "a"), seen(1, "2", "a"), seen(2, "1", "b"), seen(3, "1", "a")];
    expect(eventBatches(events).map((batch) => [batch.pageId, positions(batch)])).toEqual([
      ["1", [0, 3, 2]],
      ["2", [1]],
    ]);
    expect(eventBatches([])).toEqual([]);
  });

  test("hold fifty threads at most, and five hundred events", () => {
    const threads = (count: number) => Array.from({ length: count }, (_, i) => seen(i, "1", `p${i}`));
    expect(eventBatches(threads(50)).map(({ events }) => events.length)).toEqual([50]);
    expect(eventBatches(threads(101)).map(({ events }) => events.length)).toEqual([50, 50, 1]);
    const busy = Array.from({ length: 1_200 }, (_, i) => seen(i, "1", `p${i % 12}`));
    expect(eventBatches(busy).map(({ events }) => events.length)).toEqual([500, 500, 200]);
    expect(
      eventBatches(busy)
        .flatMap(positions)
        .toSorted((a, b) => a - b),
    ).toEqual(busy.map((_, i) => i));
  });
});
