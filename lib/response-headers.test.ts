import { describe, expect, test } from "vitest";
import { pagePolicy } from "./response-headers.ts";

describe("the policy of pages", () => {
  test("lets only marked scripts run in production", () => {
    const policy = pagePolicy("abc", false);
    expect(policy).toContain("script-src 'nonce-abc' 'strict-dynamic';");
    expect(policy).toContain("style-src 'self' 'nonce-abc';");
    expect(policy).not.toContain("unsafe-eval");
  });

  test("loads nothing from anybody else's host", () => {
    expect(pagePolicy("abc", false)).not.toContain("://");
  });

  test("opens what hot reload needs in development only", () => {
    expect(pagePolicy("abc", true)).toContain("'unsafe-eval'");
  });
});
