import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import {
  claimField,
  dataOf,
  fullListOf,
  idField,
  listOf,
  nextField,
  numberField,
  requiredId,
  textField,
  textsField,
  timeField,
  urlField,
} from "./graph-fields.ts";

const fields = { idField, textField, urlField, timeField, claimField, numberField, textsField, nextField };

describe("the fields of Graph's answers", () => {
  test("read whatever comes in their place, and never refuse the answer for it", () => {
    for (const field of Object.values(fields)) {
      const schema = z.object({ field, list: listOf(z.object({ id: requiredId })), data: dataOf(z.string()) });
      fc.assert(
        fc.property(fc.object(), fc.anything(), (answer, value) => {
          expect(schema.safeParse({ ...answer, field: value, list: value, data: value }).success).toBe(true);
        }),
      );
      expect(schema.safeParse({}).success).toBe(true);
    }
  });

  test.each([
    [true, true],
    ["true", true],
    ["1", true],
    [1, true],
    [false, false],
    ["", false],
    ["0", false],
    [null, null],
    [undefined, null],
    [{}, null],
  ])("the claim %j is %j", (value, claim) => expect(claimField.parse(value)).toBe(claim));

  test("numbers may stand in quotes", () => {
    expect([7, "7", " 7 ", "", "seven", null, Number.NaN].map((value) => numberField.parse(value))).toEqual([
      7,
      7,
      7,
      null,
      null,
      null,
      null,
    ]);
  });

  test("one odd entry of a list does not cost the others, but the list itself must be there", () => {
    const ids = fullListOf(z.object({ id: requiredId }));
    expect(ids.parse([{ id: 1 }, null, {}, { id: "" }, { id: "2" }])).toEqual([{ id: "1" }, { id: "2" }]);
    expect(ids.safeParse(null).success).toBe(false);
    expect(dataOf(z.string()).parse({ data: ["a", 1] })).toEqual(["a"]);
    expect(dataOf(z.string()).parse(["a"])).toEqual(["a"]);
  });

  test("the next page begins where Meta says, by cursor or by address, and after the last there is none", () => {
    const next = "https://graph.facebook.com/v26.0/1/conversations?after=QVF5&limit=25";
    expect(nextField.parse({ cursors: { after: "QVF4" }, next })).toBe("QVF4");
    expect(nextField.parse({ next })).toBe("QVF5");
    expect(nextField.parse({ cursors: { after: "QVF4" } })).toBeNull();
    expect(nextField.parse({ next: "…" })).toBeNull();
    expect(nextField.parse(null)).toBeNull();
  });
});
