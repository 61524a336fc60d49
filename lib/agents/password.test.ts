import { describe, expect, test } from "vitest";
import { hashPassword, verifyPassword } from "./password.ts";

const password = "correct horse battery staple";

describe("passwords", () => {
  test("are hashed with a salt of their own, in the PHC format", async () => {
    const [one, two] = await Promise.all([hashPassword(password), hashPassword(password)]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(one).not.toBe(two);
    expect(await verifyPassword({ hash: one, password })).toBe(true);
    expect(await verifyPassword({ hash: two, password })).toBe(true);
  });

  test("another one is refused, be it ever so similar", async () => {
    const hash = await hashPassword(password);
    for (const wrong of ["", password.toUpperCase(), `${password} `, password.slice(0, -1)]) {
      expect(await verifyPassword({ hash, password: wrong })).toBe(false);
    }
  });

  test("the same letters in other bytes are the same password", async () => {
    const hash = await hashPassword("Straßencafé am Fluss");
    expect(await verifyPassword({ hash, password: "Straßencafe\u0301 am Fluss" })).toBe(true);
  });

  test.each([
    "",
    "$",
    "plain",
    "$2b$10$abcdefghijklmnopqrstuv",
    "$argon2id$v=19$m=1,t=1,p=1$c2FsdHNhbHQ$aGFzaA",
    "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ",
  ])("a stored value that is none of ours opens nothing: %s", async (hash) => {
    expect(await verifyPassword({ hash, password })).toBe(false);
  });
});
