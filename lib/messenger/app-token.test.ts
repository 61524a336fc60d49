import { expect, test } from "vitest";
import { appToken } from "./app-token.ts";
import { tokenAnswer } from "./granted-token.ts";

test("an app speaks for itself by its id and its newest secret, if it has both", () => {
  expect(appToken("900", ["new", "old"])).toBe("900|new");
  expect(appToken("900", [])).toBeNull();
  expect(appToken("", ["new"])).toBeNull();
});

test("a token is granted with its end, or without one", () => {
  expect(tokenAnswer.parse({ access_token: "EAAB", expires_in: 5183944, token_type: "bearer" })).toEqual({
    token: "EAAB",
    expiresInSeconds: 5183944,
  });
  expect(tokenAnswer.parse({ access_token: "EAAB" })).toEqual({ token: "EAAB", expiresInSeconds: null });
  for (const answer of [null, {}, { access_token: "" }, { access_token: 5 }]) {
    expect(tokenAnswer.safeParse(answer).success).toBe(false);
  }
});
