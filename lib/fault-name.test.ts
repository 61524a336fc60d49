import { describe, expect, test } from "vitest";
import { codesOf, faultName } from "./fault-name.ts";

describe("faultName", () => {
  test("says class and codes, never the words", () => {
    const driver = Object.assign(new Error("Key (text)=(my secret) exists"), { cause: { originalCode: "23505" } });
    const cause = Object.assign(new Error("my secret"), { code: "P2002", meta: { driverAdapterError: driver } });
    cause.name = "PrismaClientKnownRequestError";
    expect(faultName(cause)).toBe("PrismaClientKnownRequestError P2002 23505");
  });

  test("a code in free words is no code", () => {
    expect(faultName(Object.assign(new Error("x"), { code: "Anna Müller, +49" }))).toBe("Error");
  });

  test.each([[null], [undefined], ["Anna"], [{ message: "Anna" }]])("%j says nothing", (cause) => {
    expect(faultName(cause)).toBe("failed");
  });

  test("ends on causes that go in circles", () => {
    const cause = Object.assign(new Error("x"), { code: "A" });
    cause.cause = cause;
    expect(new Set(codesOf(cause))).toEqual(new Set(["A"]));
  });
});
