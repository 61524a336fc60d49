import { describe, expect, test } from "vitest";
import { endsSoonAt, missingScopes, revokedWord, type TokenFacts } from "./token-health.ts";

const now = new Date("2026-11-23T12:00:00Z");
const inDays = (days: number) => new Date(now.getTime() + days * 24 * 60 * 60 * 1000);
const facts = (more: Partial<TokenFacts> = {}): TokenFacts => ({
  isValid: true,
  expiresAt: null,
  dataAccessExpiresAt: null,
  scopes: ["pages_messaging", "pages_manage_metadata", "pages_read_engagement", "pages_show_list"],
  granularScopes: [],
  error: null,
  ...more,
});

describe("permissions", () => {
  test("none is missing", () => expect(missingScopes(facts(), "messenger", ["1"])).toEqual([]));

  test("what stops sending is named first", () =>
    expect(missingScopes(facts({ scopes: ["pages_read_engagement"] }), "messenger", ["1"])).toEqual([
      "pages_messaging",
      "pages_manage_metadata",
    ]));

  test("granted for other pages only is missing here", () => {
    const granularScopes = [{ scope: "pages_messaging", targetIds: ["2", "3"] }];
    expect(missingScopes(facts({ granularScopes }), "messenger", ["1"])).toEqual(["pages_messaging"]);
    expect(missingScopes(facts({ granularScopes }), "messenger", ["3"])).toEqual([]);
  });

  test.each([[null], [[]]])("targets %j mean all pages", (targetIds) =>
    expect(
      missingScopes(facts({ granularScopes: [{ scope: "pages_messaging", targetIds }] }), "messenger", ["1"]),
    ).toEqual([]),
  );

  test("no list at all proves nothing", () =>
    expect(missingScopes(facts({ scopes: [] }), "messenger", ["1"])).toEqual([]));

  test("Instagram needs its own", () =>
    expect(missingScopes(facts(), "instagram", ["1"])).toEqual(["instagram_manage_messages", "instagram_basic"]));
});

describe("the end", () => {
  test.each([
    ["never", {}, null],
    ["in eight days", { expiresAt: inDays(8) }, null],
    ["in seven days", { expiresAt: inDays(7) }, null],
    ["a moment sooner", { expiresAt: new Date(inDays(7).getTime() - 1) }, new Date(inDays(7).getTime() - 1)],
    ["in six days", { expiresAt: inDays(6) }, inDays(6)],
    ["the data before the token", { expiresAt: inDays(6), dataAccessExpiresAt: inDays(2) }, inDays(2)],
    ["a while ago", { dataAccessExpiresAt: inDays(-1) }, inDays(-1)],
  ])("%s", (_, more, end) => expect(endsSoonAt(facts(more), now)).toEqual(end));
});

test("why it died is said in the words of failing calls", () => {
  expect(revokedWord(facts({ error: { code: 190, subcode: 460 } }))).toBe("passwordChanged");
  expect(revokedWord(facts({ error: { code: 190, subcode: 459 } }))).toBe("loginNeeded");
  expect(revokedWord(facts())).toBe("tokenInvalid");
});
