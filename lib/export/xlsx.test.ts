import { buffer } from "node:stream/consumers";
import { inflateRawSync } from "node:zlib";
import { readXlsx } from "hucre/xlsx";
import readExcelFile from "read-excel-file/node";
import { describe, expect, test } from "vitest";
import { plainCells, runnableCells } from "./hostile-cells.ts";
import { MAX_CELL } from "./sheet-text.ts";
import { type Told, type Xlsx, xlsx } from "./xlsx.ts";

async function* rowsOf(rows: string[][]) {
  yield* rows;
}
const about = (told: Told): [string, string][] => [
  ["Filter", "status: complete"],
  ["Leads", String(told.rowCount)],
  ["Cut", String(told.cutCells)],
];
function written(headers: string[], rows: string[][], more: Partial<Xlsx> = {}): Promise<Buffer> {
  return buffer(xlsx({ headers, rows: rowsOf(rows), about, ...more }));
}
/** A reader that is not ours. */
async function read(file: Buffer): Promise<{ name: string; rows: unknown[][] }[]> {
  const sheets = await readExcelFile(file, { trim: false });
  return sheets.map(({ sheet, data }) => ({ name: sheet, rows: data }));
}
/** The text of one part, found by its local header. */
function part(file: Buffer, path: string): string {
  const name = file.indexOf(path);
  return inflateRawSync(file.subarray(name + path.length)).toString("utf8");
}

const hostile = [...runnableCells, ...plainCells];
const rowsByEight = Array.from({ length: Math.ceil(hostile.length / 8) }, (_, i) => hostile.slice(i * 8, i * 8 + 8));
const headers = ["=HYPERLINK(1)", "+49", "b", "c", "d", "e", "f", "007"];

describe("a workbook", () => {
  test("is read by another library, cell by cell as it was", async () => {
    expect(hostile.length).toBeGreaterThan(250);
    const [leads] = await read(await written(headers, rowsByEight));
    const flat = leads?.rows
      .slice(1)
      .flat()
      .filter((cell) => cell !== null);
    expect(leads?.rows[0]).toEqual(headers);
    expect(flat).toEqual(hostile.map(shown));
  });

  test("holds explicit strings alone", async () => {
    const sheet = part(await written(headers, rowsByEight), "xl/worksheets/sheet1.xml");
    expect(sheet.match(/<c /g)?.length).toBe(sheet.match(/<c r="[A-H]\d+" s="[12]" t="inlineStr">/g)?.length);
    expect(sheet).not.toMatch(/<f[ >]|<v[ >]/);
  });

  test("has its header frozen and filters over all rows", async () => {
    const sheet = part(
      await written(
        ["a", "b"],
        [
          ["1", "2"],
          ["3", ""],
        ],
      ),
      "xl/worksheets/sheet1.xml",
    );
    expect(sheet).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
    expect(sheet).toContain('<autoFilter ref="A1:B3"/>');
  });

  test("tells on a second sheet what it holds", async () => {
    const [, second] = await read(await written(["a"], [["1"], ["2"]]));
    expect(second).toEqual({
      name: "Export",
      rows: [
        ["Filter", "status: complete"],
        ["Leads", "2"],
        ["Cut", "0"],
      ],
    });
  });

  test("without leads still has its header", async () => {
    const [leads] = await read(await written(["a", "b"], []));
    expect(leads).toEqual({ name: "Leads", rows: [["a", "b"]] });
  });

  test("cuts a cell at the format's limit, says so in the cell and on the second sheet", async () => {
    const [leads, second] = await read(await written(["a"], [["😀".repeat(20_000)], ["x".repeat(MAX_CELL)]]));
    const cut = String(leads?.rows[1]?.[0]);
    expect(cut.length).toBeLessThanOrEqual(MAX_CELL);
    expect(cut).toContain("[cut at 32,767 characters; the CSV file holds all]");
    expect(cut.isWellFormed()).toBe(true);
    expect(leads?.rows[2]?.[0]).toBe("x".repeat(MAX_CELL));
    expect(second?.rows[2]).toEqual(["Cut", "1"]);
  });

  test("goes on in another sheet, header and filters included, when one is full", async () => {
    const file = await written(["a"], [["1"], ["2"], ["3"]], { maxRows: 3 });
    const sheets = await read(file);
    expect(sheets.map(({ name, rows }) => [name, rows.flat()])).toEqual([
      ["Leads", ["a", "1", "2"]],
      ["Export", ["Filter", "status: complete", "Leads", "3", "Cut", "0"]],
      ["Leads 2", ["a", "3"]],
    ]);
    expect(part(file, "xl/worksheets/sheet3.xml")).toContain('<autoFilter ref="A1:A2"/>');
  });

  test("is read alike by a second library, with text that looks like an escape kept", async () => {
    const row = ["_x0041_", "_x000D_", "__x0041_", "_x005F_", "carriage\rreturn", " blanks ", "007"];
    const book = await readXlsx(await written(row, [row]));
    expect(book.sheets[0]?.rows).toEqual([row, row]);
  });

  test("asks for rows as it is read, and lets go of them when the reader leaves", async () => {
    let pulled = 0;
    let isReleased = false;
    async function* many() {
      try {
        for (; pulled < 200_000; pulled++) yield [`${Math.sin(pulled)} ${"x".repeat(200)}`];
      } finally {
        isReleased = true;
      }
    }
    const file = xlsx({ headers: ["a"], rows: many(), about });
    for (let i = 0; i < 3; i++) await file.next();
    await file.return(undefined);
    expect(pulled).toBeLessThan(20_000);
    expect(isReleased).toBe(true);
  });

  test("breaks when its rows break", async () => {
    async function* broken() {
      yield ["1"];
      throw new Error("the database went away");
    }
    await expect(buffer(xlsx({ headers: ["a"], rows: broken(), about }))).rejects.toThrow("the database went away");
  });
});

/** What XML cannot hold is shown, not lost. */
function shown(text: string): string {
  return text.replaceAll("\u0000", "␀").replaceAll("\u0001", "␁");
}
