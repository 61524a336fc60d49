import { describe, expect, test } from "vitest";
import { joinNews, type ThreadNews } from "./thread-news.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 10, minute));
const fact = { key: "k", kind: "owner", source: "handover", appId: "1", at: at(0), isLeadHandover: false } as const;

describe("news of a thread, joined", () => {
  const news: ThreadNews[] = [
    { lastInboundAt: at(2), lastAction: { at: at(2), opener: "message" }, facts: [fact] },
    { lastInboundAt: at(1), lastOutboundAt: at(3), lastAction: { at: at(2), opener: "lead" } },
    { lastAction: { at: at(1), opener: "postback" }, facts: [{ ...fact, key: "l" }] },
  ];

  test.each([
    ["in order", news],
    ["backwards", news.toReversed()],
  ])("keep the latest of each clock, and every fact, %s", (_, given) => {
    const { facts, ...clocks } = joinNews(given);
    expect(clocks).toEqual({
      lastInboundAt: at(2),
      lastOutboundAt: at(3),
      lastAction: { at: at(2), opener: "lead" },
    });
    expect(facts?.map(({ key }) => key).toSorted()).toEqual(["k", "l"]);
  });

  test("of nothing are nothing", () => expect(joinNews([])).toEqual({ facts: [] }));
});
