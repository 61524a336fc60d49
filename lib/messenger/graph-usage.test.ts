import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pauseMsAfter, pauseMsAt, readUsage } from "./graph-usage.ts";

const NOW = new Date("2026-11-20T12:00:00Z");
const usage = (headers: Record<string, string>) => readUsage(new Headers(headers), NOW);
const share = (count: number) => JSON.stringify({ call_count: count, total_time: 5, total_cputime: 1 });

describe("readUsage", () => {
  test("says nothing where the headers say nothing", () => {
    expect(usage({})).toBeNull();
    expect(usage({ "x-app-usage": "{}", "retry-after": "soon" })).toBeNull();
    expect(usage({ "x-app-usage": "<html>", "x-business-use-case-usage": "[]" })).toBeNull();
    expect(usage({ "x-app-usage": '{"call_count":"many"}', "x-business-use-case-usage": '{"1":[null,7]}' })).toBeNull();
  });

  test("takes the fullest part of the app's and the page's share", () => {
    expect(usage({ "x-app-usage": '{"call_count":28,"total_time":81,"total_cputime":25}' })).toEqual({
      percent: 81,
      limit: "app",
      retryAfterMs: null,
    });
    expect(usage({ "x-app-usage": share(28), "x-page-usage": share(60) })).toMatchObject({
      percent: 60,
      limit: "page",
    });
  });

  test("takes the fullest of a business's uses, and its minutes of waiting", () => {
    const uses = [
      { type: "pages", call_count: 12, total_cputime: 1, total_time: 1, estimated_time_to_regain_access: 0 },
      { type: "messenger", call_count: 101, total_cputime: 20, total_time: 20, estimated_time_to_regain_access: 19 },
    ];
    expect(usage({ "x-business-use-case-usage": JSON.stringify({ "104411223344556": uses }) })).toEqual({
      percent: 101,
      limit: "messenger",
      retryAfterMs: 19 * 60_000,
    });
  });

  test("reads numbers in quotes", () => {
    expect(usage({ "x-app-usage": '{"call_count":"90"}' })).toMatchObject({ percent: 90 });
  });

  test("knows the limit of an ad account, and how long it lasts once it is reached", () => {
    const account = (percent: number) => JSON.stringify({ acc_id_util_pct: percent, reset_time_duration: 100 });
    expect(usage({ "x-ad-account-usage": account(9.67) })).toEqual({
      percent: 9.67,
      limit: "ad_account",
      retryAfterMs: null,
    });
    expect(usage({ "x-ad-account-usage": account(100) })).toMatchObject({ retryAfterMs: 100_000 });
  });

  test("keeps the limits of ads and forms apart from those of messages", () => {
    const use = (type: string, count: number) => ({ type, call_count: count, estimated_time_to_regain_access: 9 });
    const uses = (...all: object[]) => ({ "x-business-use-case-usage": JSON.stringify({ "1": all }) });
    const leads = { percent: 99, limit: "leadgen", retryAfterMs: 540_000 };
    expect(usage(uses(use("leadgen", 99)))).toEqual(leads);
    expect(pauseMsAfter(leads)).toBe(0);
    expect(usage({ ...uses(use("ads_management", 100)), "x-app-usage": share(80) })).toEqual({
      percent: 80,
      limit: "app",
      retryAfterMs: null,
    });
  });

  test("reads Retry-After as seconds and as a date, and believes no more than a day", () => {
    const bare = { percent: null, limit: "app", retryAfterMs: 30_000 };
    expect(usage({ "retry-after": "30" })).toEqual(bare);
    expect(pauseMsAfter(bare)).toBe(30_000);
    expect(usage({ "retry-after": "Fri, 20 Nov 2026 12:01:00 GMT" })).toMatchObject({ retryAfterMs: 60_000 });
    expect(usage({ "retry-after": "Fri, 20 Nov 2026 11:00:00 GMT" })).toBeNull();
    expect(usage({ "retry-after": "99999999" })).toMatchObject({ retryAfterMs: 24 * 60 * 60_000 });
    expect(usage({ "retry-after": "30", "x-app-usage": share(40) })).toMatchObject({
      percent: 40,
      retryAfterMs: 30_000,
    });
  });
});

describe("one limit", () => {
  test("may be told by any of its parts, or by its wait alone", () => {
    for (const part of ["call_count", "total_time", "total_cputime"]) {
      expect(usage({ "x-page-usage": JSON.stringify({ [part]: 33 }) })).toMatchObject({ percent: 33, limit: "page" });
    }
    expect(usage({ "x-page-usage": '{"estimated_time_to_regain_access":2}' })).toEqual({
      percent: 0,
      limit: "page",
      retryAfterMs: 120_000,
    });
    expect(usage({ "x-page-usage": '{"call_count":-5}' })).toMatchObject({ percent: 0 });
  });

  test("of an ad account needs its percentage, and waits only when nothing is left", () => {
    const account = (told: object) => usage({ "x-ad-account-usage": JSON.stringify(told) });
    expect(account({ reset_time_duration: 100 })).toBeNull();
    expect(account({ acc_id_util_pct: 99.9, reset_time_duration: 100 })).toMatchObject({ retryAfterMs: null });
    expect(account({ acc_id_util_pct: 100 })).toMatchObject({ percent: 100, retryAfterMs: null });
    expect(usage({ "x-ad-account-usage": "[]" })).toBeNull();
  });

  test("of a business without a type, or without a list, is a business's", () => {
    const business = (told: unknown) => usage({ "x-business-use-case-usage": JSON.stringify(told) });
    expect(business({ "1": { call_count: 7 } })).toMatchObject({ percent: 7, limit: "business" });
    expect(business({ "1": [{ call_count: 7, type: 5 }], "2": [{ call_count: 9, type: "instagram" }] })).toMatchObject({
      percent: 9,
      limit: "instagram",
    });
    expect(business([{ call_count: 7 }])).toBeNull();
  });

  test.each(["app", "page", "pages", "messenger", "instagram", "business"])(
    "called %s counts for messages",
    (limit) => {
      expect(pauseMsAfter({ percent: 100, limit, retryAfterMs: null })).toBe(60_000);
    },
  );

  test("waits as long as the longest asks, of those that count", () => {
    const uses = [
      { type: "messenger", call_count: 5, estimated_time_to_regain_access: 1 },
      { type: "ads_management", call_count: 5, estimated_time_to_regain_access: 9 },
    ];
    const told = { "x-business-use-case-usage": JSON.stringify({ "1": uses }), "x-app-usage": share(80) };
    expect(usage({ ...told, "retry-after": "30" })).toEqual({ percent: 80, limit: "app", retryAfterMs: 60_000 });
    expect(usage({ ...told, "retry-after": "90" })).toMatchObject({ retryAfterMs: 90_000 });
  });

  test.each([
    ["0", null],
    ["-5", null],
    ["", null],
    ["0.0001", 1],
    [" 30 ", 30_000],
    ["1e400", null],
  ])("Retry-After %j is %j", (header, retryAfterMs) => {
    expect(usage({ "retry-after": header })?.retryAfterMs ?? null).toBe(retryAfterMs);
  });
});

describe("slowing down", () => {
  test("grows with the square of what is used of the last quarter", () => {
    expect([75, 87, 99.5].map(pauseMsAt)).toEqual([48, 8112, 31_212]);
    expect(pauseMsAfter({ percent: null, limit: "app", retryAfterMs: null })).toBe(0);
  });

  test("begins at 75 % and grows", () => {
    expect(pauseMsAt(74.9)).toBe(0);
    expect(pauseMsAt(75)).toBeGreaterThan(0);
    expect(pauseMsAt(99)).toBe(30_000);
    expect(pauseMsAt(100)).toBe(60_000);
    const percents = fc.integer({ min: 0, max: 200 });
    fc.assert(fc.property(percents, (percent) => pauseMsAt(percent) <= pauseMsAt(percent + 1)));
  });

  test("is at least what Meta asks for", () => {
    expect(pauseMsAfter(null)).toBe(0);
    expect(pauseMsAfter({ percent: 10, limit: "app", retryAfterMs: 5_000 })).toBe(5_000);
    expect(pauseMsAfter({ percent: 100, limit: "app", retryAfterMs: 5_000 })).toBe(60_000);
  });
});
