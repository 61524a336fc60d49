import { describe, expect, test } from "vitest";
import { diallingOf, withoutCallingCode } from "./calling-codes.ts";

describe("a country's dialling", () => {
  test("is its calling code, and what people dial before it at home", () => {
    expect(diallingOf("DE")).toEqual({ code: "49", trunk: "0" });
    expect(diallingOf("US")).toEqual({ code: "1", trunk: "1" });
    expect(diallingOf("ES")).toEqual({ code: "34", trunk: "" });
  });

  test("is not known of every country, and of no other word", () => {
    for (const word of ["", "AD", "de", "constructor", "toString"]) expect(diallingOf(word)).toBeNull();
  });
});

test.each([
  ["491701234567", "1701234567"],
  ["14155552671", "4155552671"],
  ["420123456789", "123456789"],
  ["376312345", "376312345"],
  ["999", "999"],
  ["", ""],
])("%s without its calling code is %s", (digits, rest) => expect(withoutCallingCode(digits)).toBe(rest));
