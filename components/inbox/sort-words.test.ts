import { describe, expect, test } from "vitest";
import { leadSorts } from "#lib/leads/lead-filter.ts";
import { sortAfterPress, sortingOf } from "./sort-words.ts";

describe("sort words as columns", () => {
  test("every word is one column and direction of its own", () => {
    const seen = new Set(leadSorts.map((sort) => JSON.stringify(sortingOf(sort))));
    expect(seen.size).toBe(leadSorts.length);
  });
  test("a header gives its useful order first and the other one second", () => {
    expect(sortAfterPress("window", "newest")).toBe("closing");
    expect(sortAfterPress("window", "closing")).toBe("-closing");
    expect(sortAfterPress("window", "-closing")).toBe("closing");
    expect(sortAfterPress("activity", "waiting")).toBe("newest");
    expect(sortAfterPress("waiting", "waiting")).toBe("-waiting");
  });
});
