import { buffer } from "node:stream/consumers";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csv, csvLine, type Delimiter, delimiters, guardFormula } from "./csv.ts";
import { plainCells, runnableCells } from "./hostile-cells.ts";

async function* rowsOf(rows: string[][]) {
  yield* rows;
}
function written(rows: string[][], delimiter: Delimiter = "comma"): Promise<Buffer> {
  return buffer(csv(rowsOf(rows), delimiter));
}
const read = (bytes: Buffer, delimiter: Delimiter = "comma"): string[][] =>
  parse(bytes, { bom: true, delimiter: delimiters[delimiter] });

const cells = [...runnableCells, ...plainCells];

describe("a file", () => {
  test("begins with the byte order mark, ends lines with CRLF, quotes every field", async () => {
    expect(
      await written([
        ["a", ""],
        ['b"', "c"],
      ]),
    ).toEqual(Buffer.from('\ufeff"a",""\r\n"b""","c"\r\n', "utf8"));
  });

  test("uses semicolons on request", () => {
    expect(csvLine(["a", "b;c"], "semicolon")).toBe('"a";"b;c"\r\n');
  });

  test.each(["comma", "semicolon"] as const)(
    "with hostile cells and headers reads back cell by cell (%s)",
    async (delimiter) => {
      expect(cells.length).toBeGreaterThan(250);
      const rows = [cells, cells.toReversed()];
      expect(read(await written(rows, delimiter), delimiter)).toEqual(rows.map((row) => row.map(guardFormula)));
    },
  );

  test("of any text reads back, but for the guard and what UTF-8 cannot say", async () => {
    const row = fc.array(fc.string({ unit: "binary" }), { minLength: 3, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1 }), async (rows) => {
        expect(read(await written(rows))).toEqual(
          rows.map((each) => each.map((text) => guardFormula(text).toWellFormed())),
        );
      }),
      { numRuns: 40 },
    );
  });

  test("is handed on in pieces while rows come", async () => {
    let pulled = 0;
    async function* many() {
      for (; pulled < 10_000; pulled++) yield ["x".repeat(100)];
    }
    const pieces = csv(many(), "comma");
    await pieces.next();
    expect(pulled).toBeLessThan(1_000);
    await pieces.return(undefined);
  });
});

describe("the guard", () => {
  test.each(runnableCells.map((text) => [text]))("stands before %j", (text) => {
    expect(guardFormula(text)).toBe(`'${text}`);
  });

  test.each(plainCells.map((text) => [text.slice(0, 60)]))("leaves %j alone", (text) => {
    expect(guardFormula(text)).toBe(text);
  });

  // A pattern that backtracks without end would never come back from this.
  test("reads ten thousand blanks to their end", () => {
    const text = `${" ".repeat(10_000)}x`;
    expect(guardFormula(text)).toBe(text);
  });
});
