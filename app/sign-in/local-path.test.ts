import { describe, expect, test } from "vitest";
import { localPath } from "./local-path.ts";

describe("the way after signing in", () => {
  test.each(["/leads?status=complete", "/settings", "/leads/1.2#thread"])("keeps our own path %s", (path) => {
    expect(localPath(path)).toBe(path);
  });

  test.each([
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "/..//evil.example",
    "javascript:alert(1)",
    "leads",
    "",
    "/api/auth/sign-out",
    "/sign-in?next=/sign-in",
  ])("goes to the leads instead of %s", (path) => {
    expect(localPath(path)).toBe("/leads");
  });

  test("goes to the leads when there is no wish or more than one", () => {
    expect(localPath(undefined)).toBe("/leads");
    expect(localPath(["/a", "/b"])).toBe("/leads");
  });
});
