import { describe, expect, test } from "vitest";
import { accountKey } from "./sign-in-key.ts";
import { maySeePage, pagesWithin, role, type Viewer } from "./viewer.ts";

const all: Viewer = { agentId: "u1", name: "Anna", email: "anna@example.org", role: "agent", pageIds: null };
const some: Viewer = { ...all, pageIds: ["1", "2"] };
const none: Viewer = { ...all, pageIds: [] };

describe("a viewer", () => {
  test("of all pages may see each, of some only these, of none nothing", () => {
    expect(["1", "3"].map((pageId) => maySeePage(all, pageId))).toEqual([true, true]);
    expect(["1", "2", "3"].map((pageId) => maySeePage(some, pageId))).toEqual([true, true, false]);
    expect(maySeePage(none, "1")).toBe(false);
  });

  test.each<[Viewer, string[], { in: string[] } | undefined]>([
    [all, [], undefined],
    [all, ["3"], { in: ["3"] }],
    [some, [], { in: ["1", "2"] }],
    [some, ["2", "3"], { in: ["2"] }],
    [some, ["3"], { in: [] }],
    [none, [], { in: [] }],
    [none, ["1"], { in: [] }],
  ])("%j wishing for %j gets %j", (viewer, wished, expected) => {
    expect(pagesWithin(viewer, wished)).toEqual(expected);
  });

  test("has one of three roles", () => {
    expect(["admin", "manager", "agent"].map((word) => role.parse(word))).toEqual(["admin", "manager", "agent"]);
    expect(role.safeParse("owner").success).toBe(false);
  });
});

test("an account's tries are counted together, however its e-mail is typed, and apart from others", () => {
  expect(accountKey(" Anna@Example.org ")).toBe(accountKey("anna@example.org"));
  expect(accountKey("anna@example.org")).not.toBe(accountKey("ann@example.org"));
  expect(accountKey("anna@example.org")).toMatch(/^sign-in:[\da-f]{64}$/);
});
