import { expect, test } from "vitest";
import { digest, grantName, grantPlace, loginName } from "./login-secret.ts";
import { tokenPlace } from "./page-token.ts";

test("a digest is SHA-256, and none of what it was made of stands in a name", () => {
  expect(digest("abc")).toBe("ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
  expect(loginName("abc")).toBe("meta-login:ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
});

test("each person's grant and each page's token has a place of its own", () => {
  const places = ["1", "2"].flatMap((id) => [grantPlace(id), grantName(id), tokenPlace(id)]);
  expect(new Set(places).size).toBe(6);
});
